// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.policy.PolicyDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code policy diff}. */
@Command(name = "diff", description = "says what a file would change in the policy that is in force")
public final class PolicyDiff extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Mixin
    PolicyFile policy = new PolicyFile();

    PolicyDiff(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            PolicyDocument before = PolicyShow.present(hsm, choice).policy();
            PolicyDocument after = hsm.runtime().governance().check(policy.text());
            List<Map<String, Object>> rows = new ArrayList<>();
            before.differences(after)
                    .forEach(difference -> rows.add(Map.of(
                            "change", difference.change(), "what", difference.what(), "line", difference.line())));
            invocation.output().table(List.of("change", "what", "line"), rows);
            if (rows.isEmpty()) {
                invocation.remark("Nothing would change.");
            }
        }
        return ExitCode.OK;
    }
}
