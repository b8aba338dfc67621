// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.RLIMIT;

/**
 * Keeps what this process has in memory out of swap, core files and debuggers. A collector moves what lies in a Java heap,
 * so that no single key could be locked: all of the process's memory is (docs/adr/0005).
 */
public final class Hardening {
    private static final int PR_SET_DUMPABLE = 4;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    /** Pages are locked when they are first used: a reserved heap costs nothing (mlockall(2)). */
    private static final int MCL_ONFAULT = 4;

    private static final int MADV_DONTDUMP = 16;
    private static final long UNLIMITED = -1;
    private static final int CAP_IPC_LOCK = 14;

    private final LibC libc;

    public Hardening(LibC libc) {
        this.libc = libc;
    }

    /** Does what it can, and gives a sentence for each thing that it could not. */
    public List<String> apply() {
        List<String> refused = new ArrayList<>();
        lockMemory(refused);
        leaveOutOfDumps(refused);
        if (libc.setrlimit(RLIMIT.RLIMIT_CORE.intValue(), new long[] {0, 0}) != 0) {
            refused.add(libc.failure("cannot forbid core files").getMessage());
        }
        if (libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
            refused.add(libc.failure("cannot forbid debuggers").getMessage());
        }
        return refused;
    }

    /** Only where all may be locked: past a limit, the next allocation would fail. */
    private void lockMemory(List<String> refused) {
        long[] limits = new long[2];
        libc.getrlimit(RLIMIT.RLIMIT_MEMLOCK.intValue(), limits);
        if (limits[0] != UNLIMITED && !mayLockAll()) {
            refused.add("keys may be swapped out: the limit of locked memory is " + limits[0]
                    + " bytes; set LimitMEMLOCK=infinity (ulimit -l unlimited)");
        } else if (libc.mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
            refused.add(
                    libc.failure("keys may be swapped out: cannot lock memory").getMessage());
        }
    }

    private static boolean mayLockAll() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("CapEff:")) {
                    String digits = line.substring("CapEff:".length()).strip();
                    return (Long.parseUnsignedLong(digits, 16) >>> CAP_IPC_LOCK & 1) != 0;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** What is private and writable: heap, stacks, libc's arenas. */
    private void leaveOutOfDumps(List<String> refused) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] fields = line.split(" +", 6);
                if (fields[1].equals("rw-p") || fields[1].equals("---p")) {
                    String[] ends = fields[0].split("-", 2);
                    long start = Long.parseUnsignedLong(ends[0], 16);
                    libc.madvise(start, Long.parseUnsignedLong(ends[1], 16) - start, MADV_DONTDUMP);
                }
            }
        } catch (IOException e) {
            refused.add("cannot leave keys out of core files: " + e.getMessage());
        }
    }
}
