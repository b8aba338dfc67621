// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.ferrohsm.cli.input.PinSource;
import org.ferrohsm.cli.input.Terminal;
import org.ferrohsm.cli.output.Output;
import org.ferrohsm.core.boot.HsmConfig;

/** One run of the command: what it is given by its surroundings and by the options that all verbs take. */
public final class Invocation {
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Terminal terminal;
    private final GlobalOptions options = new GlobalOptions();

    public Invocation(Map<String, String> environment, PrintWriter out, PrintWriter err, Terminal terminal) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** To be filled from the command line. */
    public GlobalOptions options() {
        return options;
    }

    /** Where results go. */
    public Output output() {
        return options.output.open(out, err);
    }

    /** Remarks for people beside the result. */
    public void remark(String text) {
        err.println(text);
        err.flush();
    }

    /** Results that are no data, such as a script. */
    public PrintWriter out() {
        return out;
    }

    /** Where a moving display goes. */
    public PrintWriter err() {
        return err;
    }

    public Terminal terminal() {
        return terminal;
    }

    public PinSource pins() {
        return new PinSource(environment, terminal);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /**
     * The configuration that the options and the environment name.
     *
     * @throws org.ferrohsm.core.fault.HsmException if it is not right
     */
    public HsmConfig config() {
        Map<String, String> seen = new HashMap<>(environment);
        if (options.config != null) {
            seen.put("FERROHSM_CONF", options.config.toString());
        }
        if (options.store != null) {
            seen.put("FERROHSM_STORE", options.store);
        }
        return HsmConfig.load(seen);
    }

    /** The tokens. */
    public Hsm open() {
        return Hsm.open(config());
    }
}
