// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ferrohsm.interop.fixture.TableRow;

/** docs/differences.md: where SoftHSM2 does not answer as the specification says, and so not as FerroHSM does. */
final class DifferencesDocument {
    private static final String ABSENT = "no such function";
    private static final String UNSUPPORTED = "CKR_FUNCTION_NOT_SUPPORTED";

    private DifferencesDocument() {}

    static String render(List<TableRow> softHsm, String anew) {
        List<TableRow> wrong = softHsm.stream().filter(row -> !row.isRight()).toList();
        Set<String> absent = functions(wrong, ABSENT);
        Set<String> unsupported = functions(wrong, UNSUPPORTED);
        List<String> lines = new ArrayList<>();
        lines.add("# Where FerroHSM and SoftHSM2 differ");
        lines.add("");
        lines.add(
                "Both libraries are called through their C functions: every function of PKCS#11 3.2 before `C_Initialize`, with bad");
        lines.add(
                "handles, NULL arguments, out of order, with no buffer, with one that is too short, and in sessions that may not do it");
        lines.add("(" + softHsm.size()
                + " calls). FerroHSM answers each as the specification says. Here stands where SoftHSM2 (2.6.1 of");
        lines.add(
                "Debian 12) does not, and the section of PKCS#11 3.2 that says so. `CallTableIT` makes this page and fails when it is not");
        lines.add("true any more; anew:");
        lines.add("");
        lines.add("    " + anew);
        lines.add("");
        lines.add("## Functions that SoftHSM2 lacks");
        lines.add("");
        lines.add("They came after PKCS#11 2.40: " + names(absent) + ".");
        lines.add("");
        lines.add("## Functions that SoftHSM2 refuses");
        lines.add("");
        lines.add("They answer `" + UNSUPPORTED + "`: " + names(unsupported) + ".");
        lines.add("");
        lines.add("## Other answers");
        lines.add("");
        lines.add("| function | situation | PKCS#11 says | section | SoftHSM2 says |");
        lines.add("|---|---|---|---|---|");
        Set<String> rows = new LinkedHashSet<>();
        for (TableRow row : wrong) {
            if (!absent.contains(row.function()) && !unsupported.contains(row.function())) {
                rows.add(line(row));
            }
        }
        lines.addAll(rows);
        return String.join("\n", lines) + "\n";
    }

    private static Set<String> functions(List<TableRow> rows, String answer) {
        return rows.stream()
                .filter(row -> row.got().equals(answer))
                .map(TableRow::function)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String names(Set<String> functions) {
        return functions.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static String line(TableRow row) {
        String change = row.change().isEmpty() ? "" : " (" + row.change() + ")";
        return "| `" + row.function() + "` | " + row.situation() + change + " | " + row.rightCodes() + " | "
                + row.section() + " | " + row.got() + " |";
    }
}
