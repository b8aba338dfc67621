// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The argument that names a policy document. */
final class PolicyFile {
    @Parameters(paramLabel = "FILE", description = "the policy, JSON as docs/spec/policy.md has it")
    Path file = Path.of("");

    byte[] text() {
        return TextFile.read(file);
    }
}
