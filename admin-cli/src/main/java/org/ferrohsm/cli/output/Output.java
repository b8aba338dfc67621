// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Where results go. A value is a {@code String}, {@code Long}, {@code Integer}, {@code Boolean}, or a list or map of
 * these; names are camelCase and, once given, stay.
 */
public interface Output {
    /** Things of one kind, of which text shows the {@code columns} only. */
    void table(List<String> columns, List<Map<String, Object>> rows);

    /** One thing with all that is known of it. */
    void details(Map<String, Object> fields);

    /** As many things as there may be, one by one, each a line of text that {@code line} makes. */
    void stream(Iterator<Map<String, Object>> things, LineFormat line);

    /** One thing for a program, which is {@code text} for people. */
    void statement(String text, Map<String, Object> fields);

    /** Why the command ends: to the other stream. */
    void error(ExitFailure failure);

    /** A thing as a line of text. */
    @FunctionalInterface
    interface LineFormat {
        String format(Map<String, Object> thing);
    }
}
