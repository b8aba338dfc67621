// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.PrintStream;
import java.util.Map;

/** What the daemon says on its standard error, a line each. */
final class ServerLog {
    private final PrintStream stream;
    private final boolean detailed;

    ServerLog(Map<String, String> environment, PrintStream stream) {
        this.stream = stream;
        this.detailed = !environment.getOrDefault("FERROHSM_DEBUG", "").isEmpty();
    }

    /** For whoever runs the daemon. */
    void say(String text) {
        stream.println("ferrohsm: " + text);
    }

    /** Only where FERROHSM_DEBUG is set: what clients can cause as often as they like. */
    void detail(String text) {
        if (detailed) {
            say(text);
        }
    }
}
