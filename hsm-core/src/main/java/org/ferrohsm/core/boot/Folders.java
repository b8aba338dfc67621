// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.nio.file.Path;
import java.util.Map;

/** The user's folders (XDG base directory specification) and the machine's name. */
record Folders(Path config, Path data, Path runtime, String host) {
    static Folders of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        return new Folders(
                folder(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")),
                folder(environment.get("XDG_DATA_HOME"), home.resolve(".local/share")),
                folder(environment.get("XDG_RUNTIME_DIR"), Path.of("/run")),
                host(environment));
    }

    String expand(String value) {
        return value.replace("${config}", config.toString())
                .replace("${data}", data.toString())
                .replace("${runtime}", runtime.toString())
                .replace("${host}", host);
    }

    private static Path folder(@org.jspecify.annotations.Nullable String given, Path otherwise) {
        boolean usable = given != null && Path.of(given).isAbsolute();
        return (usable ? Path.of(given) : otherwise).resolve("ferrohsm");
    }

    /** Without asking the network, which a name look-up may do. */
    private static String host(Map<String, String> environment) {
        try {
            return java.nio.file.Files.readString(Path.of("/proc/sys/kernel/hostname"))
                    .strip();
        } catch (java.io.IOException e) {
            return environment.getOrDefault("HOSTNAME", "localhost");
        }
    }
}
