// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** What this process knows of the machine that it runs on. */
public final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path SELF = Path.of("/proc/self");

    private Machine() {}

    /** The machine's clock. */
    public static Clock clock() {
        return Clock.systemUTC();
    }

    /** Names the machine's boot; of a machine that does not tell, this process, whose count of time is then its own. */
    static String boot() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (IOException e) {
            ProcessHandle self = ProcessHandle.current();
            return "process " + self.pid() + " "
                    + self.info().startInstant().map(Object::toString).orElse("");
        }
    }

    /** The account that this process runs under. */
    static String account() {
        try {
            return "uid:" + Files.getAttribute(SELF, "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return "user:" + System.getProperty("user.name");
        }
    }
}
