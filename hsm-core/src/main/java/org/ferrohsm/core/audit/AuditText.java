// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.charset.StandardCharsets;

/** Keeps texts of records within bounds, so that no caller can make a record that does not fit. */
final class AuditText {
    /** The longest text of a record, in UTF-16 units. */
    static final int MAX_LENGTH = 256;

    private AuditText() {}

    /** {@code text} as well-formed Unicode; what is too long ends in an ellipsis. */
    static String bounded(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "\u2026";
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
