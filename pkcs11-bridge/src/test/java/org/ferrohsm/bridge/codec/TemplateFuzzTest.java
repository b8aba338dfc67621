// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Corpus;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates of a hostile program. */
class TemplateFuzzTest {
    static List<Path> inputs() {
        return Corpus.of("template");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_template_is_read_or_refused(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Template template = TemplateReader.read(Bytes.reader(input));
            assertTrue(template.size() <= input.length);
        } catch (HsmException e) {
            assertNotNull(e.fault());
        }
    }
}
