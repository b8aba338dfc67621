// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.Optional;

/** The person at the keyboard, if there is one. */
public interface Terminal {
    /** What was typed, without showing it; empty if nobody is there. The characters are the caller's to wipe. */
    Optional<char[]> secret(String prompt);

    /** What was typed; empty if nobody is there. */
    Optional<String> line(String prompt);

    /** Whether somebody watches what goes to the error stream. */
    boolean isWatched();
}
