// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.ferrohsm.interop.fixture.CPrograms;
import org.ferrohsm.interop.fixture.Daemon;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that share the library, also while it ends and begins again, as TSan sees them: through a daemon, without a JVM. */
class ThreadsIT {
    @TempDir
    Path folder;

    @Test
    void the_thread_sanitizer_reports_nothing_about_threads_that_share_the_library() {
        Home home = new Home(folder);
        home.newToken("threads");
        Path sources = Product.PROJECT.resolve("pkcs11-native");
        home.run("make", "-s", "-C", sources.toString(), "tsan").succeeded();
        String runtime =
                home.run("cc", "-print-file-name=libtsan.so").succeeded().text().strip();
        String library = sources.resolve("target/tsan/libferrohsm-pkcs11.so").toString();
        String program = CPrograms.named("threads").toString();
        try (Daemon daemon = home.daemon()) {
            home.with("LD_PRELOAD", runtime).with("TSAN_OPTIONS", "halt_on_error=0:exitcode=66");
            assertEquals(
                    "",
                    home.run("timeout", "-s", "KILL", "100", program, library)
                            .succeeded()
                            .says(" 0 failures")
                            .errors());
            assertEquals(143, daemon.terminate());
        }
    }
}
