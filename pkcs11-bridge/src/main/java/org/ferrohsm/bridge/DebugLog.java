// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.io.PrintStream;
import java.util.Map;
import org.ferrohsm.core.fault.HsmException;

/** Where the reason of a failed call goes if FERROHSM_DEBUG is set and not empty: one line each. Else nowhere. */
public final class DebugLog {
    private final PrintStream stream;
    private final boolean wanted;

    public DebugLog(Map<String, String> environment, PrintStream stream) {
        this.stream = stream;
        this.wanted = !environment.getOrDefault("FERROHSM_DEBUG", "").isEmpty();
    }

    /** Says that {@code call} ended with {@code returnValue}, and why. */
    void failed(String call, String returnValue, Throwable reason) {
        if (wanted) {
            stream.println("ferrohsm: " + call + ": " + returnValue + ": " + oneLine(reason));
        }
    }

    /** What was expected to go wrong says it in its message; what was not also says where it happened. */
    private static String oneLine(Throwable reason) {
        StringBuilder line = new StringBuilder();
        String said = "";
        for (Throwable each = reason; each != null; each = each.getCause()) {
            String message = String.valueOf(each.getMessage());
            if (!message.equals(said)) {
                line.append(line.isEmpty() ? "" : ", from ")
                        .append(each instanceof HsmException ? message : each + place(each));
            }
            said = message;
        }
        return line.toString().replaceAll("\\s+", " ");
    }

    private static String place(Throwable unexpected) {
        StackTraceElement[] stack = unexpected.getStackTrace();
        return stack.length == 0 ? "" : " at " + stack[0];
    }
}
