// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.Locale;
import org.ferrohsm.cli.input.Confirmation;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.boot.Machine;
import org.ferrohsm.core.governance.approval.Request;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.governance.approval.Vote;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approval sign}. */
@Command(
        name = "sign",
        description = {
            "signs a verdict on a request that `approval export` wrote, without a store",
            "Shows what the request says, by which alone you decide: the file is all there is to see."
        })
public final class ApprovalSign extends Verb {
    @Parameters(paramLabel = "FILE", description = "the request")
    Path file = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "a new file for the signed verdict")
    Path out = Path.of("");

    @Option(names = "--verdict", paramLabel = "VERDICT", description = "approve (default), deny or revoke")
    Verdict verdict = Verdict.APPROVE;

    @Mixin
    ApproverKeyOption key = new ApproverKeyOption();

    @Mixin
    Confirmation confirmation = new Confirmation();

    ApprovalSign(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        Request request = request(Armour.REQUEST.read(TextFile.text(file)).bytes());
        invocation.output().details(RequestText.details(request));
        confirmation.require(
                invocation.terminal(), verdict.name().toLowerCase(Locale.ROOT) + " this: " + RequestText.what(request));
        Vote vote = Vote.cast(
                request.digest(), verdict, key.open(invocation), Machine.clock().millis());
        TextFile.write(out, Armour.VOTE.write(request.id().toString(), vote.encode()), false);
        invocation.remark(
                "Wrote your verdict to " + out + ": `ferrohsm approval import` takes it where the request is.");
        return ExitCode.OK;
    }

    private static Request request(byte[] bytes) {
        try {
            return Request.decode(bytes);
        } catch (CborException e) {
            throw new CliException(ExitCode.INVALID, "the request is damaged: " + e.getMessage());
        }
    }
}
