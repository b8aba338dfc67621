// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import java.io.PrintWriter;

/** How results are written. */
public enum OutputFormat {
    text {
        @Override
        public Output open(PrintWriter out, PrintWriter err) {
            return new TextOutput(out, err);
        }
    },
    json {
        @Override
        public Output open(PrintWriter out, PrintWriter err) {
            return new JsonOutput(out, err);
        }
    };

    /** An output in this format. */
    public abstract Output open(PrintWriter out, PrintWriter err);
}
