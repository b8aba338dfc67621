// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was looked at and how it is.
 *
 * @param check what was looked at
 * @param status how it is
 * @param detail what was seen
 * @param advice what to do, empty if nothing is to be done
 */
public record Finding(String check, Status status, String detail, String advice) {
    /** How it is. */
    public enum Status {
        OK,
        /** It works, but not as well as it could. */
        WARNING,
        /** It does not work. */
        ERROR
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Status.OK, detail, "");
    }

    static Finding warning(String check, String detail, String advice) {
        return new Finding(check, Status.WARNING, detail, advice);
    }

    static Finding error(String check, String detail, String advice) {
        return new Finding(check, Status.ERROR, detail, advice);
    }

    /** The finding for a program. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("check", check);
        fields.put("status", status.name());
        fields.put("detail", detail);
        if (!advice.isEmpty()) {
            fields.put("advice", advice);
        }
        return fields;
    }

    /** The finding for people. */
    public static String line(Map<String, Object> fields) {
        String line = String.format("%-8s %-14s %s", fields.get("status"), fields.get("check"), fields.get("detail"));
        return fields.containsKey("advice") ? line + "\n" + " ".repeat(24) + "-> " + fields.get("advice") : line;
    }
}
