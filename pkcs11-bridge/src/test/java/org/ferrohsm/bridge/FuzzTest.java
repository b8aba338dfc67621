// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Golden;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;

/** No message makes the bridge throw, answer something that is no answer, or take memory because a number says so. */
class FuzzTest {
    /** What a call may take at most: much more than any of these needs, much less than lengths claim. */
    private static final long MEMORY_MAX = 8 << 20;

    /** They end the session, spend memory on PINs, or give as much as they are asked for. */
    private static final Set<Call> DISTURBING = EnumSet.of(
            Call.C_CloseSession,
            Call.C_CloseAllSessions,
            Call.C_Login,
            Call.C_LoginUser,
            Call.C_Logout,
            Call.C_SetPIN,
            Call.C_InitToken,
            Call.C_InitToken2,
            Call.C_GenerateRandom);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Path FOLDER = newFolder();
    private static final Host HOST = new Host(FOLDER).initialize();
    private static final long SESSION = HOST.newTokenLogin("fuzz");

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeContainer
    static void giveItSomethingToFind() {
        HOST.aesKey(SESSION);
    }

    @AfterContainer
    static void stop() throws IOException {
        HOST.close();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** C_Finalize ends the test's library, and C_WaitForSlotEvent waits for what does not happen here. */
    private static void answersSoundly(byte[] message) {
        Call call = message.length < 4 ? null : Call.of(ByteBuffer.wrap(message).getInt());
        if (call == Call.C_Finalize || call == Call.C_WaitForSlotEvent) {
            return;
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        byte[] answer = HOST.send(message);
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        Reply.of(call == null ? Call.ERROR : call, answer);
        assertTrue(taken < MEMORY_MAX, () -> taken + " bytes taken");
    }

    @Property
    void noise_is_answered(@ForAll @Size(max = 200) byte[] message) {
        answersSoundly(message);
    }

    @Property
    void noise_behind_a_sound_header_is_answered(@ForAll Call call, @ForAll @Size(max = 200) byte[] parts) {
        answersSoundly(Bytes.of().u32(call.id()).text(call.request()).raw(parts).array());
    }

    @Property
    void noise_behind_a_sound_session_is_answered(
            @ForAll("withSession") Call call, @ForAll @Size(max = 200) byte[] parts) {
        answersSoundly(Bytes.of()
                .u32(call.id())
                .text(call.request())
                .ulong(SESSION)
                .raw(parts)
                .array());
    }

    @Property(tries = 5000)
    void a_golden_request_with_changed_bytes_is_answered(@ForAll("mutants") byte[] message) {
        answersSoundly(message);
    }

    @Provide
    static Arbitrary<Call> withSession() {
        return Arbitraries.of(Call.class).filter(call -> call.request().startsWith("u") && !DISTURBING.contains(call));
    }

    /** Golden requests for the open session, with up to four of their bytes or words replaced by absurd ones. */
    @Provide
    static Arbitrary<byte[]> mutants() {
        Arbitrary<Integer> absurd = Arbitraries.of(0, 1, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, -2, -1);
        Arbitrary<byte[]> requests = Arbitraries.of(Golden.all())
                .filter(request -> !DISTURBING.contains(request.call()))
                .map(FuzzTest::inSession);
        Arbitrary<List<Long>> edits = Combinators.combine(Arbitraries.integers().greaterOrEqual(0), absurd)
                .as((place, value) -> ((long) place << 32) | Integer.toUnsignedLong(value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(requests, edits, Arbitraries.of(true, false)).as(FuzzTest::edited);
    }

    private static byte[] inSession(Golden request) {
        byte[] bytes = request.bytes().clone();
        int parts = 8 + request.call().request().length();
        if (request.call().request().startsWith("u") && bytes.length >= parts + 8) {
            ByteBuffer.wrap(bytes).putLong(parts, SESSION);
        }
        return bytes;
    }

    private static byte[] edited(byte[] request, List<Long> edits, boolean words) {
        ByteBuffer bytes = ByteBuffer.wrap(request.clone());
        int header = 4;
        for (long edit : edits) {
            int place = header + (int) ((edit >>> 32) % (request.length - header));
            if (words && place + 4 <= request.length) {
                bytes.putInt(place, (int) edit);
            } else {
                bytes.put(place, (byte) edit);
            }
        }
        return bytes.array();
    }
}
