// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.io.PrintStream;
import java.util.Map;

/** Where the reason of a failed call goes if FERROHSM_DEBUG is set and not empty: one line each. Else nowhere. */
final class DebugLog {
    private final PrintStream stream;
    private final boolean wanted;

    DebugLog(Map<String, String> environment, PrintStream stream) {
        this.stream = stream;
        this.wanted = !environment.getOrDefault("FERROHSM_DEBUG", "").isEmpty();
    }

    /** Says that {@code call} ended with {@code returnValue}, and why. */
    void failed(String call, String returnValue, Throwable reason) {
        if (wanted) {
            stream.println("ferrohsm: " + call + ": " + returnValue + ": " + oneLine(reason));
        }
    }

    private static String oneLine(Throwable reason) {
        StringBuilder line = new StringBuilder(String.valueOf(reason.getMessage()));
        for (Throwable cause = reason.getCause(); cause != null; cause = cause.getCause()) {
            line.append(", by ").append(cause);
        }
        return line.toString().replaceAll("\\s+", " ");
    }
}
