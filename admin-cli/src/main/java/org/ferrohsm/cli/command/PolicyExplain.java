// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.governance.policy.Decision;
import org.ferrohsm.core.governance.policy.GovernedOperation;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy explain}. */
@Command(name = "explain", description = "says what would become of an operation with a key now, and by which rule")
public final class PolicyExplain extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PinOption pin = new PinOption();

    @Mixin
    KeyChoice key = new KeyChoice();

    @Parameters(paramLabel = "OPERATION", description = "sign, decrypt, derive, wrap, export, destroy ...")
    String operation = "";

    @Option(names = "--mechanism", paramLabel = "CKM", description = "by which mechanism, e.g. CKM_ECDSA_SHA256")
    @Nullable
    String mechanism;

    PolicyExplain(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        GovernedOperation asked = Arrays.stream(GovernedOperation.values())
                .filter(each -> each.toString().equals(operation.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "there is no operation " + operation + ": take "
                                + Arrays.stream(GovernedOperation.values())
                                        .map(GovernedOperation::toString)
                                        .collect(Collectors.joining(", "))));
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            StoredKey chosen = key.one(hsm, session).get(0);
            Decision decision = hsm.runtime()
                    .governance()
                    .explain(session, chosen.handle(), asked, mechanism == null ? null : number(hsm, token, mechanism));
            String verdict = verdict(decision);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("decision", verdict);
            fields.put("reason", decision.reason());
            String text =
                    "To " + asked + " with " + chosen.described() + ": " + verdict + ", by " + decision.reason() + ".";
            if (decision instanceof Decision.NeedsApproval needs) {
                fields.put("quorum", needs.terms().quorum().toString());
                text += " It takes " + needs.terms().quorum() + ".";
            }
            invocation.output().statement(text, fields);
        }
        return ExitCode.OK;
    }

    private static String verdict(Decision decision) {
        if (decision instanceof Decision.Allow allow) {
            return allow.limits().isEmpty() ? "allowed" : "allowed, and counted";
        }
        return decision instanceof Decision.Deny ? "denied" : "needs approval";
    }

    private static long number(Hsm hsm, Token token, String name) {
        return Arrays.stream(hsm.runtime().slots().mechanisms(token.slot()))
                .filter(type -> Ckm.name(type).equals(name))
                .findFirst()
                .orElseThrow(() -> new CliException(ExitCode.USAGE, "the token has no mechanism " + name));
    }
}
