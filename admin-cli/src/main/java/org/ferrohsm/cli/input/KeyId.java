// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.HexFormat;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;

/** CKA_ID as operators write it. */
public final class KeyId {
    private KeyId() {}

    /** The bytes of {@code hex}, which may have colons between them. */
    public static byte[] parse(String hex) {
        try {
            byte[] id = HexFormat.of().parseHex(hex.replace(":", ""));
            if (id.length > 0) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(hex);
        }
        throw invalid(hex);
    }

    private static CliException invalid(String hex) {
        return new CliException(
                ExitCode.USAGE, "--id " + hex + " is not hexadecimal: give an even number of digits, e.g. 01 or 4a3f");
    }
}
