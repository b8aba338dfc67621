// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An operator with a store of no tokens. */
abstract class CliTest {
    @TempDir
    Path folder;

    Operator operator;

    @BeforeEach
    final void begin() throws IOException {
        operator = new Operator(folder);
    }
}
