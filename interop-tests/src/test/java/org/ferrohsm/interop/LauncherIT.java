// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as the shell starts it. */
class LauncherIT {
    private static final int NO_JAVA = 70;

    @TempDir
    Path folder;

    @Test
    void it_runs_through_a_chain_of_links_and_by_a_relative_name() throws IOException {
        Home home = new Home(folder);
        Path first = Files.createSymbolicLink(
                folder.resolve("first"), Product.built().command());
        Path second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());
        home.run(second.toString(), "--version").succeeded().says("ferrohsm ");
        Files.createSymbolicLink(folder.resolve("tree"), Product.built().root());
        home.run("tree/bin/ferrohsm", "--version").succeeded().says("ferrohsm ");
        home.run("sh", "-c", "cd tree/bin && ./ferrohsm --version && sh ferrohsm --version")
                .succeeded()
                .says("ferrohsm ");
    }

    @Test
    void it_passes_words_on_as_they_are() {
        Home home = new Home(folder);
        home.newToken("two  words; $(exit 3) \"quoted\" *");
        home.ferrohsm("token", "show", "--token", "two  words; $(exit 3) \"quoted\" *")
                .succeeded()
                .says("two  words; $(exit 3) \"quoted\" *");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "C", "POSIX", "C.UTF-8"})
    void letters_beyond_ascii_survive_in_any_locale(String locale) {
        Home home = new Home(folder)
                .with("LANG", locale)
                .with("SO_PIN", Home.SO_PIN)
                .with("PIN", Home.PIN);
        home.run(
                        "sh",
                        "-c",
                        Product.built().command()
                                + " token init --label 'gr\u00fcn \u2713' --so-pin env:SO_PIN --pin env:PIN")
                .succeeded()
                .says("gr\u00fcn \u2713");
        home.pkcs11Tool("-L").succeeded().says("gr\u00fcn \u2713");
    }

    @Test
    void the_exit_code_of_the_command_is_the_launchers() {
        assertEquals(2, new Home(folder).ferrohsm("tokn").exit());
    }

    @Test
    void a_java_home_that_is_none_is_named_and_no_other_is_taken() {
        Outcome outcome =
                new Home(folder).with("FERROHSM_JAVA_HOME", "/nonexistent").ferrohsm("token", "list");
        assertEquals(NO_JAVA, outcome.exit());
        outcome.says("FERROHSM_JAVA_HOME is /nonexistent");
    }

    @Test
    void an_old_java_is_passed_over() throws IOException {
        Path old = Files.createDirectories(folder.resolve("old"));
        Files.createDirectories(old.resolve("bin"));
        Files.createDirectories(old.resolve("lib/server"));
        Files.createFile(old.resolve("lib/server/libjvm.so"));
        Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho the old one\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"11.0.2\"\n");
        Home home = new Home(folder).with("FERROHSM_JAVA_HOME", "").with("JAVA_HOME", old.toString());
        home.ferrohsm("--version").succeeded().says("ferrohsm ").doesNotSay("the old one");
        assertEquals(
                NO_JAVA,
                home.with("FERROHSM_JAVA_HOME", old.toString())
                        .ferrohsm("--version")
                        .exit());
    }

    @Test
    void nothing_is_printed_but_the_result() {
        Home home = new Home(folder);
        home.newToken("quiet");
        Outcome outcome = home.ferrohsm("token", "list", "--output", "json").succeeded();
        assertEquals("", outcome.errors());
        assertTrue(outcome.text().startsWith("[ {"), outcome.text());
    }

    @Test
    void a_pin_is_asked_for_at_the_terminal_and_not_shown() throws IOException, InterruptedException {
        Home home = new Home(folder);
        home.newToken("asking");
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qec", Product.built().command() + " key list", "/dev/null");
        builder.environment().putAll(home.environment());
        Process terminal = builder.start();
        StringBuilder shown = new StringBuilder();
        InputStream screen = terminal.getInputStream();
        boolean answered = false;
        for (int character = screen.read(); character >= 0; character = screen.read()) {
            shown.append((char) character);
            if (!answered && shown.toString().endsWith("user PIN of asking: ")) {
                terminal.getOutputStream().write((Home.PIN + "\n").getBytes(StandardCharsets.US_ASCII));
                terminal.getOutputStream().flush();
                answered = true;
            }
        }
        assertEquals(0, terminal.waitFor(), shown.toString());
        assertTrue(shown.toString().contains("has no such key"), shown.toString());
        assertFalse(shown.toString().contains(Home.PIN), shown.toString());
    }

    @Test
    void bash_completes_nouns_verbs_and_options() {
        Home home = new Home(folder);
        Path script = Product.built().root().resolve("share/bash-completion/completions/ferrohsm");
        String completing = ". " + script + "; COMP_WORDS=(ferrohsm key gen); COMP_CWORD=2;"
                + " _complete_ferrohsm ferrohsm gen key; echo \"${COMPREPLY[@]}\"";
        assertEquals(
                "generate",
                home.run("bash", "-c", completing).succeeded().text().strip());
    }
}
