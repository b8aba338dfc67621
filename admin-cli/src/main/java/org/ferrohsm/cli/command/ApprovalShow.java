// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.Administration;
import org.ferrohsm.core.governance.CallBytes;
import org.ferrohsm.core.governance.approval.Dossier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approval show}. */
@Command(name = "show", description = "shows a request: what will be done, with which key, to what, asked by whom")
public final class ApprovalShow extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    RequestChoice request = new RequestChoice();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "say whether it is about exactly this file: what is signed or decrypted, or the policy")
    @Nullable
    Path file;

    ApprovalShow(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            UUID token = hsm.id(choice.in(hsm));
            Dossier dossier = request.in(hsm, token);
            Map<String, Object> fields = RequestText.details(dossier);
            byte[] data = dossier.request().subject().data();
            boolean same = true;
            if (file != null) {
                byte[] content = TextFile.read(file);
                same = data != null
                        && (Arrays.equals(data, CallBytes.digest(content)) || Administration.isDigestOf(data, content));
                fields.put("file", file + (same ? " is what it is about" : " is NOT what it is about"));
            }
            invocation.output().details(fields);
            return same ? ExitCode.OK : ExitCode.INVALID;
        }
    }
}
