// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product runs from wherever it lies. */
class MovedTreeIT {
    @TempDir
    Path folder;

    @Test
    void a_copied_tree_runs_in_its_new_place() {
        Product copy = new Product(folder.resolve("a new place"));
        Home home = new Home(folder, copy);
        home.run("cp", "-r", Product.built().root().toString(), copy.root().toString())
                .succeeded();
        runs(home);
    }

    @Test
    void an_installed_tree_runs_through_its_links() {
        Path prefix = folder.resolve("prefix");
        Home home = new Home(folder, new Product(prefix));
        install(home, prefix.toString(), "");
        runs(home);
        home.pkcs11Tool("-I").succeeded().says("FerroHSM");
    }

    @Test
    void a_staged_tree_runs_where_it_lies_and_a_second_installation_replaces_the_first() {
        Path stage = folder.resolve("stage");
        Home home = new Home(folder, new Product(stage.resolve("opt/hsm")));
        install(home, "/opt/hsm", stage.toString());
        install(home, "/opt/hsm", stage.toString());
        runs(home);
    }

    private static void install(Home home, String prefix, String stage) {
        home.run(
                        Product.PROJECT.resolve("scripts/install.sh").toString(),
                        Product.built().root().toString(),
                        prefix,
                        stage)
                .succeeded();
    }

    private static void runs(Home home) {
        home.newToken("moved");
        home.pkcs11Tool("-L").succeeded().says("moved");
        home.ferrohsm("token", "list").succeeded().says("moved");
    }
}
