// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is full: nothing leaves the library that could not be recorded. */
class FullVolumeIT {
    private static final String HASH = HexFormat.of().formatHex(new byte[32]);
    private static final int MOST_SIGNATURES = 20_000;

    @TempDir
    Path folder;

    private Path volume;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        volume = Files.createDirectory(folder.resolve("volume"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", volume.toString()) == 0;
        assumeTrue(mounted, "only root can mount a small volume");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            // Lazily: the store was mapped into this process, and the map goes with the garbage.
            assertEquals(0, run("umount", "--lazy", volume.toString()));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Takes all the space that is left. */
    private Path fill() throws IOException {
        Path file = volume.resolve("filling");
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            for (int i = 0; i < 10_000; i++) {
                out.write(block);
            }
        } catch (IOException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("No space"), e.toString());
            return file;
        }
        throw new AssertionError("the volume took 40 MB");
    }

    @Test
    void a_signature_that_cannot_be_recorded_is_not_given_and_the_library_says_device_memory() throws Exception {
        Home home = new Home(volume, "audit.mode = per-use");
        home.newToken("full");
        try (Host host = home.host().loggedIn(0)) {
            host.call("generate", "k").ok();
            assertEquals(128, host.call("sign", HASH).ok().length());
            Path filling = fill();
            Host.Answer answer = host.call("sign", HASH);
            for (int i = 0; i < MOST_SIGNATURES && answer.result().equals("CKR_OK"); i++) {
                answer = host.call("sign", HASH);
            }
            assertEquals("CKR_DEVICE_MEMORY", answer.result());
            assertEquals("", answer.text(), "bytes were left in the caller's buffer");
            Files.delete(filling);
            assertEquals(128, host.call("sign", HASH).ok().length());
        }
        home.ferrohsm("audit", "verify").succeeded();
    }
}
