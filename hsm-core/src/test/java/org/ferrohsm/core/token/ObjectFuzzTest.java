// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.fault.Corpus;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An object's bytes behind the seal: they are those that encoding would write, or refused. */
class ObjectFuzzTest {
    private static final UUID ID = new UUID(1, 2);

    static List<Path> inputs() {
        return Corpus.of("object");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void bytes_are_refused_or_written_the_same_way_again(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        try (HsmObject object = ObjectCodec.decode(ID, 1, input)) {
            assertArrayEquals(input, ObjectCodec.encode(object.attributes(), object.secrets()));
        } catch (HsmException e) {
            assertEquals(Fault.DEVICE_ERROR, e.fault());
        }
    }
}
