// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.governance.people.ApproverKey;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approver keygen}. */
@Command(
        name = "keygen",
        description = {
            "makes an approver's key in FILE, under a passphrase, and its public half in FILE.pub",
            "Needs no store: make it on a machine of your own and hand over FILE.pub alone."
        })
public final class ApproverKeygen extends Verb {
    @Parameters(paramLabel = "FILE", description = "a new file for the key")
    Path file = Path.of("");

    @Option(
            names = "--passphrase",
            paramLabel = "SOURCE",
            description = "the new passphrase: env:NAME or file:PATH (else it is asked for twice)")
    @Nullable
    String passphrase;

    ApproverKeygen(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        Path open = Path.of(file + ".pub");
        try (SecretBytes secret = invocation.pins().fresh(passphrase, "passphrase of " + file, "--passphrase")) {
            ApproverKey.Files files = ApproverKey.generate(new Engines(), secret);
            TextFile.write(file, files.secret(), true);
            TextFile.write(open, files.open(), false);
        }
        invocation
                .output()
                .statement(
                        "Made a key in " + file + "; its public half is in " + open + ".",
                        Map.of("key", file.toString(), "publicKey", open.toString()));
        return ExitCode.OK;
    }
}
