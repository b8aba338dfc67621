// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.concurrent.Callable;
import org.ferrohsm.cli.output.ExitCode;

/** A verb: runs once and tells how it ended. */
abstract class Verb implements Callable<Integer> {
    final Invocation invocation;

    Verb(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Does it. */
    abstract ExitCode run();

    @Override
    public final Integer call() {
        return run().code();
    }
}
