// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.fault.Corpus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An audit record's bytes: they are the canonical ones of a record, or refused. */
class RecordFuzzTest {
    static List<Path> inputs() {
        return Corpus.of("record");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void bytes_are_refused_or_written_the_same_way_again(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            assertArrayEquals(input, AuditRecord.parse(input).encode());
        } catch (CborException e) {
            assertNotNull(e.getMessage());
        }
    }
}
