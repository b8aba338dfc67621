// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make story}: each of its steps stops the script if it does not go as it says. */
class StoryIT {
    private static final Path SCRIPT = Product.PROJECT.resolve("interop-tests/story/story.sh");

    @TempDir
    Path folder;

    @Test
    void two_of_three_approve_a_release_and_an_auditor_proves_it() {
        new Home(folder)
                .run(SCRIPT.toString(), Product.built().root().toString())
                .succeeded()
                .says("Verified OK")
                .says("consumed: nothing was changed")
                .says("The story is done");
    }
}
