// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.fault.Corpus;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration file's bytes: every value in it can be had, or it is refused with words. */
class ConfigFuzzTest {
    private static final Path FILE = file();

    private static Path file() {
        try {
            Path file = Files.createTempFile("ferrohsm", ".conf");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<Path> inputs() {
        return Corpus.of("config");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_file_is_taken_as_a_whole_or_refused_with_words(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        HsmConfig config;
        try {
            config = HsmConfig.load(Map.of("FERROHSM_CONF", FILE.toString(), "HOME", "/home/somebody"));
        } catch (HsmException e) {
            assertEquals(Fault.ARGUMENTS_BAD, e.fault());
            assertNotNull(e.getMessage());
            return;
        }
        assertNotNull(config.store());
        assertNotNull(config.sealKeyFile());
        assertNotNull(config.auditKeyFolder());
        assertNotNull(config.tokenProfile());
        assertNotNull(config.pinCost());
        assertNotNull(config.leaseTerms());
        assertNotNull(config.daemon());
    }
}
