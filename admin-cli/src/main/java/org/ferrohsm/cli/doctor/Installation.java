// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at the Java that runs and at the tree that the launcher says it belongs to. */
public final class Installation {
    private static final String LIBRARY = "libferrohsm-pkcs11.so";

    private final @Nullable Path home;

    /** The tree at {@code home}, null if the command was not started by its launcher. */
    public Installation(@Nullable String home) {
        this.home = home == null ? null : Path.of(home);
    }

    /** Everything found. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "java",
                Runtime.version() + ", " + System.getProperty("java.vendor") + ", " + System.getProperty("java.home")));
        if (home == null) {
            findings.add(Finding.warning(
                    "installation", "not started by its launcher", "start the command as bin/ferrohsm of the product"));
            return findings;
        }
        findings.add(Finding.ok("installation", home.toString()));
        findings.add(library(home.resolve("lib").resolve(LIBRARY)));
        findings.add(archive("library start", "ferrohsm.jsa", "ferrohsm-pkcs11-bridge.jar", home));
        findings.add(archive("command start", "ferrohsm-cli.jsa", "ferrohsm-cli.jar", home));
        return findings;
    }

    private static Finding library(Path library) {
        try {
            System.load(library.toString());
            return Finding.ok("library", library.toString());
        } catch (UnsatisfiedLinkError e) {
            return Finding.error(
                    "library",
                    library + " cannot be loaded: " + e.getMessage(),
                    "install the product for this machine's architecture and C library anew: make install");
        }
    }

    /** The JVM itself says whether it can use an archive, when it is told that it must. */
    private static Finding archive(String check, String name, String jar, Path home) {
        Path folder = home.resolve("lib/java");
        Path archive = folder.resolve(name);
        String advice = "run " + home.resolve("lib/archive.sh") + " as whoever may write there";
        if (!Files.isReadable(archive)) {
            return Finding.warning(check, archive + " is missing: programs start slower", advice);
        }
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SharedArchiveFile=" + archive,
                "-Xshare:on",
                "-Xlog:disable",
                "-Xlog:all=off",
                "-XX:+UseSerialGC",
                "-cp",
                folder.resolve(jar).toString(),
                "-version");
        try {
            Process java = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (java.waitFor() == 0) {
                return Finding.ok(check, archive.toString());
            }
        } catch (IOException e) {
            return Finding.error(check, "cannot start " + command.get(0) + ": " + e.getMessage(), "install Java anew");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Finding.warning(
                check,
                archive + " does not fit this Java or this place: programs start slower",
                advice + ", after each update of Java and when the tree was moved");
    }
}
