// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.governance.people.ApproverKey;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say with which key somebody signs. */
final class ApproverKeyOption {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "your key, as `approver keygen` made it")
    Path key = Path.of("");

    @Option(
            names = "--passphrase",
            paramLabel = "SOURCE",
            description = "the key's passphrase: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String passphrase;

    ApproverKey open(Invocation invocation) {
        String file = TextFile.text(key);
        try (SecretBytes secret = invocation.pins().current(passphrase, "passphrase of " + key, "--passphrase")) {
            return ApproverKey.open(new Engines(), file, secret);
        }
    }
}
