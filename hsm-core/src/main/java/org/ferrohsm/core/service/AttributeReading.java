// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.attribute.AttributeValue;
import org.jspecify.annotations.Nullable;

/**
 * One attribute as C_GetAttributeValue finds it.
 *
 * @param type CKA_*
 * @param state whether there is a value to show
 * @param value the value, null unless it is PRESENT
 */
public record AttributeReading(
        long type, State state, @Nullable AttributeValue value) {
    /** The cases of PKCS#11 3.2 section 5.7.5. */
    public enum State {
        PRESENT,
        /** It exists and may not be shown. */
        SENSITIVE,
        /** Such objects do not have it, or this one has none. */
        ABSENT
    }

    /**
     * The value.
     *
     * @throws IllegalStateException unless it is PRESENT
     */
    public AttributeValue require() {
        if (value == null) {
            throw new IllegalStateException("no value: " + state);
        }
        return value;
    }
}
