// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Corpus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed notes, checkpoints, proofs and keys as somebody else sends them: read and written as they stand, or refused. */
class NoteFuzzTest {
    private static final String KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final NoteVerifier VERIFIER = new NoteVerifier(new Engines());

    /** One of the readers, with what has to be so when it takes a text. */
    @FunctionalInterface
    private interface Reader {
        void read(String text) throws NoteException;
    }

    private static final List<Reader> READERS = List.of(
            text -> assertEquals(text, SignedNote.parse(text).format()),
            text -> assertNotNull(SignedNote.parse(text).verify(VERIFIER, List.of(NoteKey.parse(KEY)))),
            text -> assertEquals(text, Checkpoint.parse(text).text()),
            text -> assertEquals(text, InclusionProof.parse(text).format()),
            text -> assertEquals(text, NoteKey.parse(text).text()),
            text -> assertEquals(text, SignedNote.Line.parse(text).format()));

    static List<Path> inputs() {
        return Corpus.of("note");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_text_is_refused_or_written_the_same_way_again(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        for (Reader reader : READERS) {
            try {
                reader.read(text);
            } catch (NoteException e) {
                assertNotNull(e.getMessage());
            }
        }
    }
}
