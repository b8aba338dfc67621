// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.interop.fixture.CPrograms;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.Product;
import org.ferrohsm.interop.fixture.TableRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C programs that check every return value themselves, against the library as it is and as the sanitizers watch it. */
class CallsIT {
    /** The one profile that lets a key encrypt and wrap, and shows what was unwrapped. */
    private static final String BY_THE_SPECIFICATION = "token.profile = compat";

    @TempDir
    Path folder;

    @Test
    void wrong_calls_get_the_return_value_that_the_specification_names() {
        Home home = new Home(folder);
        home.newToken("calls");
        assertEquals("", runs(home, "wrong"));
    }

    @Test
    void the_functions_of_3_0_and_3_2_do_what_the_specification_says() {
        Home home = new Home(folder, BY_THE_SPECIFICATION);
        home.newToken("functions");
        assertEquals("", runs(home, "functions"));
    }

    @Test
    void the_sanitizers_report_nothing_about_the_functions_of_3_0_and_3_2() throws IOException {
        Home home = watched(BY_THE_SPECIFICATION);
        home.newToken("functions");
        assertEquals("", runs(home, "functions"));
    }

    @Test
    void the_hosts_signals_stay_the_hosts() {
        Home home = new Home(folder);
        home.newToken("signals");
        assertEquals("", runs(home, "signals"));
    }

    /** By exit in a thread that is not the first or when that one has gone, by C_Finalize in atexit, by dlclose. */
    @ParameterizedTest
    @ValueSource(strings = {"exit-in-a-thread", "exit-after-main", "finalize-at-exit", "dlclose"})
    void a_program_ends_in_peace_while_threads_with_small_stacks_sign(String end) {
        Home home = new Home(folder);
        home.newToken("lives");
        home.run(
                        "timeout",
                        "-s",
                        "KILL",
                        "100",
                        CPrograms.named("lives").toString(),
                        home.product().library().toString(),
                        Home.PIN,
                        end)
                .succeeded()
                .says(" 0 failures")
                .says("the end");
    }

    @Test
    void the_sanitizers_report_nothing_about_wrong_calls() throws IOException {
        Home home = watched();
        home.newToken("calls");
        assertEquals("", runs(home, "wrong"));
    }

    @Test
    void the_sanitizers_report_nothing_about_the_table_of_calls() throws IOException {
        Home home = watched();
        home.newToken("table");
        Outcome run = TableRow.run(home);
        assertEquals("", TableRow.wrong(TableRow.parse(run)));
        assertEquals("", run.errors());
    }

    @Test
    void the_sanitizers_report_nothing_about_pkcs11_tool() throws IOException {
        Home home = watched();
        home.newToken("tool");
        home.write("text", "text".getBytes(StandardCharsets.UTF_8));
        home.asUser("--keypairgen", "--key-type", "RSA:2048", "--id", "01", "--label", "key")
                .succeeded();
        home.asUser("--sign", "-m", "SHA256-RSA-PKCS", "-d", "01", "-i", "text", "-o", "signature")
                .succeeded();
        home.asUser("--test")
                .succeeded()
                .says("No errors")
                .doesNotSay("Sanitizer")
                .doesNotSay("runtime error");
        home.pkcs11Tool("-L", "-M").succeeded().doesNotSay("Sanitizer").doesNotSay("runtime error");
    }

    private static String runs(Home home, String program) {
        return home.run(
                        "timeout",
                        "-s",
                        "KILL",
                        "100",
                        CPrograms.named(program).toString(),
                        home.product().library().toString())
                .succeeded()
                .says(" 0 failures")
                .errors();
    }

    /** A home whose programs load the library that was built with ASan and UBSan. */
    private Home watched(String... settings) throws IOException {
        Path project = Product.PROJECT;
        Path root = folder.resolve("watched");
        Path lib = Files.createDirectories(root.resolve("lib"));
        Home home = new Home(folder, new Product(root), settings);
        home.run("make", "-s", "-C", project.resolve("pkcs11-native").toString(), "asan")
                .succeeded();
        Files.copy(
                project.resolve("pkcs11-native/target/asan/libferrohsm-pkcs11.so"),
                home.product().library());
        for (String part : new String[] {"java", "native"}) {
            home.run("cp", "-r", Product.built().library().resolveSibling(part).toString(), lib.toString())
                    .succeeded();
        }
        String runtime =
                home.run("cc", "-print-file-name=libasan.so").succeeded().text().strip();
        return home.with("LD_PRELOAD", runtime).with("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0");
    }
}
