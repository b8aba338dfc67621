// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.interop.fixture.FunctionList;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.ferrohsm.interop.fixture.SoftHsm;
import org.ferrohsm.interop.fixture.TableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every function of PKCS#11 3.2 at the C ABI, in every situation that applies to it (src/test/c/abi). */
class CallTableIT {
    private static final Path DOCUMENT = Product.PROJECT.resolve("docs/differences.md");
    private static final String ANEW = "mvn verify -pl interop-tests -am -Dit.test=CallTableIT -Dtest=None"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Ddifferences.write=true";

    @TempDir
    Path folder;

    @Test
    void every_call_gets_a_code_that_the_specification_allows() {
        assertEquals("", TableRow.wrong(TableRow.parse(TableRow.run(homeWithToken()))));
    }

    @Test
    void every_function_is_called_in_every_situation_that_applies_to_it() throws IOException {
        List<TableRow> table = TableRow.parse(TableRow.run(homeWithToken()));
        List<String> missing = new ArrayList<>();
        for (FunctionList.Function function : FunctionList.read()) {
            List<TableRow> rows = table.stream()
                    .filter(row -> row.function().equals(function.name()))
                    .toList();
            missing.addAll(function.missing(rows));
        }
        assertEquals("", String.join("\n", missing));
    }

    @Test
    void the_differences_from_softhsm_are_the_documented_ones() throws IOException {
        String rendered = DifferencesDocument.render(TableRow.parse(TableRow.run(SoftHsm.withToken(folder))), ANEW);
        if (Boolean.getBoolean("differences.write")) {
            Files.writeString(DOCUMENT, rendered, StandardCharsets.UTF_8);
        }
        assertEquals(
                rendered, Files.readString(DOCUMENT), "docs/differences.md is out of date; write it anew: " + ANEW);
    }

    private Home homeWithToken() {
        Home home = new Home(folder);
        home.newToken("table");
        return home;
    }
}
