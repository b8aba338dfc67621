// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's commands, run as they are written. */
class ReadmeIT {
    private static final Path README = Product.PROJECT.resolve("README.md");

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void begin() throws IOException {
        home = new Home(folder);
        Files.createSymbolicLink(folder.resolve("dist"), Product.built().root());
        Files.copy(README, folder.resolve("README.md"));
    }

    @Test
    void the_three_doors_open_as_it_says() throws IOException {
        home.run("sh", "-ec", block("sh", "The C door")).succeeded().says("Key pair generated");
        assertEquals(64, Files.size(folder.resolve("README.sig")));

        runJava(block("java", "The Java door"));

        Outcome operator =
                home.run("sh", "-ec", block("sh", "The operator's door")).succeeded();
        operator.says("private  ec:P-256  signer  01").says("KEY_GENERATE").says("OK: the audit log");
        operator.says("actor=pkcs11 pkcs11-tool").says("actor=java Program");
    }

    @Test
    void every_file_it_points_to_is_there() throws IOException {
        List<String> targets = Pattern.compile("\\]\\(([^):]+)\\)")
                .matcher(Files.readString(README))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertTrue(targets.size() > 5, targets.toString());
        for (String target : targets) {
            assertTrue(Files.exists(Product.PROJECT.resolve(target)), target);
        }
    }

    @Test
    void every_make_target_it_names_is_one() throws IOException {
        String help = home.run("make", "-C", Product.PROJECT.toString(), "help")
                .succeeded()
                .text();
        List<String> targets = Pattern.compile("(?:^|`)make ([a-z]+)", Pattern.MULTILINE)
                .matcher(Files.readString(README))
                .results()
                .map(result -> result.group(1))
                .toList();
        assertTrue(targets.contains("demo"), targets.toString());
        for (String target : targets) {
            assertTrue(help.contains("make " + target + " "), target);
        }
    }

    private void runJava(String lines) throws IOException {
        String program = "import java.security.*;\nimport org.ferrohsm.jca.FerroHsmProvider;\n"
                + "public final class Program {\n"
                + "    public static void main(String[] arguments) throws Exception {\n"
                + "        byte[] data = {1, 2, 3};\n" + lines
                + "        if (result.length < 64) throw new AssertionError();\n    }\n}\n";
        Files.writeString(folder.resolve("Program.java"), program);
        String java = System.getProperty("java.home") + "/bin/";
        String path = "dist/lib/java/ferrohsm-jca.jar";
        home.run(java + "javac", "-cp", path, "Program.java").succeeded();
        home.run(java + "java", "-cp", path + ":.", "Program").succeeded();
    }

    private static String block(String language, String section) throws IOException {
        String text = Files.readString(README);
        int start = text.indexOf("\n## " + section + "\n");
        assertTrue(start >= 0, section);
        String fence = "\n```" + language + "\n";
        int begin = text.indexOf(fence, start) + fence.length();
        assertTrue(begin > start + fence.length(), section);
        return text.substring(begin, text.indexOf("\n```\n", begin)) + "\n";
    }
}
