// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.nio.charset.StandardCharsets;

/**
 * What a program says of itself in the reserved string of C_Initialize (docs/spec/wire.md, "C_Initialize"); empty where it
 * says nothing.
 *
 * @param application the program's name
 * @param pid digits
 * @param instance what connections of one application have in common
 */
public record Introduction(String application, String pid, String instance) {
    private static final String OURS = "ferrohsm=";
    private static final int LONGEST_NAME = 128;

    static Introduction of(byte[] reserved) {
        String text = new String(reserved, StandardCharsets.UTF_8);
        int zero = text.indexOf(0);
        String lines = zero < 0 ? text : text.substring(0, zero);
        String name = "";
        String pid = "";
        String instance = "";
        if (lines.startsWith(OURS)) {
            for (String line : lines.split("\n", -1)) {
                name = valueOf("application=", line, name);
                pid = valueOf("pid=", line, pid);
                instance = valueOf("instance=", line, instance);
            }
        }
        return new Introduction(printable(name), pid.matches("[0-9]{1,10}") ? pid : "", instance);
    }

    /** The name that the audit records give to the program. */
    public String actor() {
        return "pkcs11 %s[%s]".formatted(application.isEmpty() ? "?" : application, pid.isEmpty() ? "?" : pid);
    }

    private static String valueOf(String key, String line, String otherwise) {
        return line.startsWith(key) ? line.substring(key.length()) : otherwise;
    }

    /** A program chooses its name: it must not forge lines or fill records. */
    private static String printable(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
    }
}
