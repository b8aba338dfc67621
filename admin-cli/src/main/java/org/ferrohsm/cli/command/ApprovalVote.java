// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Locale;
import java.util.UUID;
import org.ferrohsm.cli.input.Confirmation;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.boot.Machine;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Verdict;
import org.ferrohsm.core.governance.approval.Vote;
import org.ferrohsm.core.governance.people.ApproverKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What {@code approval approve}, {@code approval deny} and {@code approval revoke} do alike. */
abstract sealed class ApprovalVote extends Verb {
    @Command(name = "approve", description = "approves a request with your key")
    static final class Approve extends ApprovalVote {
        Approve(Invocation invocation) {
            super(invocation, Verdict.APPROVE);
        }
    }

    @Command(name = "deny", description = "denies a request with your key, which ends it")
    static final class Deny extends ApprovalVote {
        Deny(Invocation invocation) {
            super(invocation, Verdict.DENY);
        }
    }

    @Command(name = "revoke", description = "takes an approval back with your key before it is used")
    static final class Revoke extends ApprovalVote {
        Revoke(Invocation invocation) {
            super(invocation, Verdict.REVOKE);
        }
    }

    private final Verdict verdict;

    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    RequestChoice request = new RequestChoice();

    @Mixin
    ApproverKeyOption key = new ApproverKeyOption();

    @Mixin
    Confirmation confirmation = new Confirmation();

    ApprovalVote(Invocation invocation, Verdict verdict) {
        super(invocation);
        this.verdict = verdict;
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            UUID token = hsm.id(choice.in(hsm));
            Dossier dossier = request.in(hsm, token);
            invocation.output().details(RequestText.details(dossier));
            confirmation.require(
                    invocation.terminal(),
                    verdict.name().toLowerCase(Locale.ROOT) + " this: " + RequestText.what(dossier.request()));
            ApproverKey opened = key.open(invocation);
            Vote vote = Vote.cast(
                    dossier.request().digest(), verdict, opened, Machine.clock().millis());
            Dossier after =
                    hsm.runtime().governance().vote(token, dossier.request().id(), vote);
            invocation.remark("Request " + dossier.request().id() + " is "
                    + after.state().name().toLowerCase(Locale.ROOT) + ".");
        }
        return ExitCode.OK;
    }
}
