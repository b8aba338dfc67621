// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.nio.charset.StandardCharsets;

/** The name that the audit records give to whoever loaded the library. */
final class Actor {
    private static final String OURS = "ferrohsm=";
    private static final int LONGEST_NAME = 128;

    private Actor() {}

    /** The name from the reserved string of C_Initialize (docs/spec/wire.md, "C_Initialize"). */
    static String of(byte[] reserved) {
        String text = new String(reserved, StandardCharsets.UTF_8);
        int zero = text.indexOf(0);
        String lines = zero < 0 ? text : text.substring(0, zero);
        String name = "";
        String pid = "";
        if (lines.startsWith(OURS)) {
            for (String line : lines.split("\n", -1)) {
                name = valueOf("application=", line, name);
                pid = valueOf("pid=", line, pid);
            }
        }
        return "pkcs11 %s[%s]".formatted(name.isEmpty() ? "?" : printable(name), isNumber(pid) ? pid : "?");
    }

    private static String valueOf(String key, String line, String otherwise) {
        return line.startsWith(key) ? line.substring(key.length()) : otherwise;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    /** A program chooses its name: it must not forge lines or fill records. */
    private static String printable(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceAll("\\p{Cntrl}|\\p{Cs}", "?");
    }
}
