// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.governance.people.Approver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code approver list}. */
@Command(name = "list", description = "lists who may approve")
public final class ApproverList extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    ApproverList(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (Approver approver :
                    hsm.runtime().governance().people(hsm.id(choice.in(hsm))).all()) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("name", approver.name());
                row.put("person", approver.person());
                row.put("groups", List.copyOf(approver.groups()));
                row.put("accounts", List.copyOf(approver.accounts()));
                row.put("key", HexFormat.of().formatHex(approver.key()));
                rows.add(row);
            }
            invocation.output().table(List.of("name", "person", "groups", "accounts", "key"), rows);
        }
        return ExitCode.OK;
    }
}
