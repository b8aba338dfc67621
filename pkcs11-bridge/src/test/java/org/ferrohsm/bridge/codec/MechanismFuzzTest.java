// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.codec;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ferrohsm.bridge.client.Corpus;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.Protocol;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.HsmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mechanisms of a hostile program: the first byte chooses the protocol, the second the layout of the parameter. */
class MechanismFuzzTest {
    private static final List<Long> ONE_OF_EACH_LAYOUT = oneOfEachLayout();

    private static List<Long> oneOfEachLayout() {
        Map<ParameterLayout, Long> types = new TreeMap<>();
        try {
            for (Field field : Ckm.class.getFields()) {
                if (field.getType() == long.class) {
                    types.putIfAbsent(ParameterLayout.of(field.getLong(null)), field.getLong(null));
                }
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
        Collection<Long> all = types.values();
        return List.copyOf(all);
    }

    static List<Path> inputs() {
        return Corpus.of("mechanism");
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void a_mechanism_is_read_or_refused(Path input) throws IOException {
        fuzzerTestOneInput(Files.readAllBytes(input));
    }

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int chosen = Byte.toUnsignedInt(input[1]);
        ByteBuffer message = ByteBuffer.allocateDirect(input.length + 2);
        if (chosen < ONE_OF_EACH_LAYOUT.size()) {
            message.putInt(ONE_OF_EACH_LAYOUT.get(chosen).intValue());
        }
        message.put(input, 2, input.length - 2);
        int length = message.position();
        try {
            Protocol protocol = Protocol.upTo(Byte.toUnsignedInt(input[0]));
            MechanismReader.readOrNull(new WireReader(message.clear(), length, protocol));
        } catch (HsmException e) {
            assertNotNull(e.fault());
        }
    }
}
