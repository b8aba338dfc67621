// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ferrohsm.cli.input.Account;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.ApproverKey;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approver enroll}. */
@Command(
        name = "enroll",
        description = {
            "makes somebody an approver, or changes what is known of one",
            "Free until the first policy is in force; from then on the policy's own quorum approves it."
        })
public final class ApproverEnroll extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    SoPinOption pin = new SoPinOption();

    @Parameters(paramLabel = "NAME", description = "the key's name, e.g. alice")
    String name = "";

    @Option(
            names = "--public",
            required = true,
            paramLabel = "FILE",
            description = "the public key: the FILE.pub of `approver keygen`")
    Path open = Path.of("");

    @Option(
            names = "--group",
            required = true,
            split = ",",
            paramLabel = "GROUP",
            description = "the groups that the person votes for")
    List<String> groups = new ArrayList<>();

    @Option(
            names = "--person",
            paramLabel = "PERSON",
            description = "whose key it is (default: NAME); several keys of one person count once")
    @Nullable
    String person;

    @Option(
            names = "--account",
            split = ",",
            paramLabel = "USER",
            description =
                    "the accounts under which the person runs programs: what they ask for, the person cannot approve")
    List<String> accounts = new ArrayList<>();

    ApproverEnroll(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        Set<String> theirs = new TreeSet<>();
        accounts.forEach(account -> theirs.add(Account.of(account)));
        Approver approver = new Approver(
                name,
                person == null ? name : person,
                ApproverKey.publicKey(TextFile.text(open)),
                new TreeSet<>(groups),
                theirs);
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = pin.login(invocation, hsm, token);
            hsm.runtime().governance().enroll(session, approver);
        }
        invocation
                .output()
                .statement(name + " is an approver in " + String.join(", ", groups) + ".", Map.of("approver", name));
        return ExitCode.OK;
    }
}
