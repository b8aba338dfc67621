// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.platform.LibC;
import org.ferrohsm.bridge.platform.UnixListener;
import org.ferrohsm.bridge.wire.Call;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ServerTest {
    private static final Bytes NO_PARTS = Bytes.of();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "3, 2", "255, 2"})
    void both_sides_speak_the_lower_version(int offered, int agreed) throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect()) {
            assertEquals(agreed, client.greet(offered));
        }
    }

    @Test
    void connections_of_one_instance_share_their_sessions() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client one = server.connect().introduced("a");
                Client other = server.connect().introduced("a")) {
            Bytes session = Bytes.of().ulong(one.session());
            other.call(Call.C_GetSessionInfo, session).ok();
            other.call(Call.C_CloseSession, session).ok();
            assertEquals(
                    "CKR_SESSION_HANDLE_INVALID",
                    one.call(Call.C_GetSessionInfo, session).returnValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"a, b", "'', ''"})
    void other_connections_know_nothing_of_each_others_sessions(String mine, String theirs) throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client one = server.connect().introduced(mine);
                Client other = server.connect().introduced(theirs)) {
            Bytes session = Bytes.of().ulong(one.session());
            assertEquals(
                    "CKR_SESSION_HANDLE_INVALID",
                    other.call(Call.C_GetSessionInfo, session).returnValue());
        }
    }

    @Test
    void finalize_on_one_connection_ends_the_application_on_all() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client one = server.connect().introduced("a");
                Client other = server.connect().introduced("a")) {
            one.call(Call.C_Finalize, NO_PARTS).ok();
            assertEquals(
                    "CKR_CRYPTOKI_NOT_INITIALIZED",
                    other.call(Call.C_GetInfo, NO_PARTS).returnValue());
            assertEquals(
                    "CKR_CRYPTOKI_NOT_INITIALIZED",
                    one.call(Call.C_GetInfo, NO_PARTS).returnValue());
        }
    }

    @Test
    void an_application_lives_as_long_as_one_of_its_connections() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client one = server.connect().introduced("a")) {
            Bytes session = Bytes.of().ulong(one.session());
            Client other = server.connect().introduced("a");
            other.call(Call.C_GetSessionInfo, session).ok();
            other.close();
            one.call(Call.C_GetSessionInfo, session).ok();
        }
    }

    @Test
    void a_call_before_initialize_is_answered_and_a_second_initialize_refused() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect()) {
            client.greet(2);
            assertEquals(
                    "CKR_CRYPTOKI_NOT_INITIALIZED",
                    client.call(Call.C_GetInfo, NO_PARTS).returnValue());
        }
    }

    @ParameterizedTest
    @CsvSource({"ffffffff, 0", "4000001, 0", "8, ffffffff", "8, 1001"})
    void a_frame_that_announces_too_much_ends_its_connection_and_no_other(String length, String options)
            throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client good = server.connect().introduced("good");
                Client bad = server.connect().introduced("bad")) {
            bad.send(Bytes.of()
                    .u32(1)
                    .u32(Long.parseLong(options, 16))
                    .u32(Long.parseLong(length, 16))
                    .array());
            bad.ends();
            good.call(Call.C_GetInfo, NO_PARTS).ok();
        }
    }

    @Test
    void memory_grows_with_what_was_sent_and_not_with_what_was_announced() throws IOException {
        List<Client> clients = new ArrayList<>();
        try (RunningServer server = new RunningServer(folder)) {
            /* Together they announce more than this machine has. */
            for (int i = 0; i < 1000; i++) {
                Client client = server.connect();
                client.greet(2);
                client.send(Bytes.of().u32(1).u32(0).u32(Frames.LONGEST).u32(1).array());
                clients.add(client);
            }
            try (Client good = server.connect().introduced("good")) {
                good.call(Call.C_GetInfo, NO_PARTS).ok();
            }
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void a_frame_may_come_byte_by_byte_and_several_at_once() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect().introduced("a")) {
            byte[] message = Bytes.of().u32(Call.C_GetInfo.id()).text("").array();
            byte[] frame = Bytes.of()
                    .u32(7)
                    .u32(3)
                    .u32(message.length)
                    .raw((byte) 'a', (byte) 'b', (byte) 'c')
                    .raw(message)
                    .array();
            for (byte each : frame) {
                client.send(each);
            }
            client.answer(Call.C_GetInfo).ok();
            client.send(Bytes.of().raw(frame).raw(frame).array());
            client.answer(Call.C_GetInfo).ok();
            client.answer(Call.C_GetInfo).ok();
        }
    }

    @Test
    void a_request_and_an_answer_of_a_megabyte_pass() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect().introduced("a")) {
            long session = client.session();
            client.call(Call.C_SeedRandom, Bytes.of().ulong(session).bytes(new byte[1 << 20]))
                    .ok();
            int length = client.call(
                            Call.C_GenerateRandom, Bytes.of().ulong(session).u32(1 << 20))
                    .ok()
                    .output()
                    .length();
            assertEquals(1 << 20, length);
        }
    }

    @Test
    void a_client_that_sends_byte_by_byte_is_ended_in_time_while_another_works() throws IOException {
        AtomicLong time = new AtomicLong();
        try (RunningServer server = new RunningServer(folder, time::get);
                Client good = server.connect().introduced("good");
                Client slow = server.connect().introduced("slow")) {
            Bytes session = Bytes.of().ulong(good.session());
            slow.send(Bytes.of().u32(7).u32(0).u32(Frames.LONGEST).array());
            do {
                good.call(Call.C_GetSessionInfo, session).ok();
                time.addAndGet(TimeUnit.SECONDS.toNanos(1));
            } while (slow.isServed((byte) 0));
            good.call(Call.C_GetSessionInfo, session).ok();
        }
    }

    @Test
    void a_client_with_a_frame_of_4_gib_is_ended_while_another_works() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client good = server.connect().introduced("good");
                Client greedy = server.connect().introduced("greedy")) {
            Bytes session = Bytes.of().ulong(good.session());
            greedy.send(Bytes.of().u32(7).u32(0).u32(0xffffffffL).array());
            for (int i = 0; i < 100; i++) {
                greedy.isServed(new byte[1 << 16]);
                good.call(Call.C_GetSessionInfo, session).ok();
            }
            greedy.ends();
            good.call(Call.C_GetSessionInfo, session).ok();
        }
    }

    @Test
    void an_idle_connection_is_ended_where_the_configuration_says_so() throws IOException {
        try (RunningServer server = new RunningServer(folder, "daemon.idle-seconds = 1");
                Client client = server.connect().introduced("a")) {
            client.ends();
        }
    }

    @Test
    void no_more_connections_are_held_than_the_configuration_allows() throws IOException {
        try (RunningServer server = new RunningServer(folder, "daemon.connections = 2");
                Client one = server.connect().introduced("a");
                Client two = server.connect().introduced("b");
                Client three = server.connect()) {
            three.ends();
            one.call(Call.C_GetInfo, NO_PARTS).ok();
            two.call(Call.C_GetInfo, NO_PARTS).ok();
            assertTrue(server.said().contains("daemon.connections"), server::said);
        }
    }

    @Test
    void a_thousand_connections_hold_ten_thousand_sessions() throws IOException {
        List<Client> clients = new ArrayList<>();
        try (RunningServer server = new RunningServer(folder)) {
            for (int i = 0; i < 1000; i++) {
                clients.add(server.connect().introduced("client " + i));
            }
            List<Long> sessions = new ArrayList<>();
            for (Client client : clients) {
                for (int i = 0; i < 10; i++) {
                    sessions.add(client.session());
                }
            }
            for (int i = 0; i < sessions.size(); i++) {
                clients.get(i / 10)
                        .call(Call.C_GetSessionInfo, Bytes.of().ulong(sessions.get(i)))
                        .ok();
            }
            for (Client client : clients) {
                client.close();
            }
        }
    }

    @Test
    void a_server_that_stops_answers_the_calls_it_has_and_ends_the_connections() throws IOException {
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect().introduced("a")) {
            client.request(Call.C_GetInfo, NO_PARTS);
            server.stop();
            client.answer(Call.C_GetInfo).ok();
            client.ends();
        }
    }

    @Test
    void the_socket_is_for_its_user_and_group_and_goes_with_the_server() throws IOException {
        Path socket;
        try (RunningServer server = new RunningServer(folder)) {
            socket = server.socket;
            assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
            assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())));
        }
        assertFalse(Files.exists(socket));
    }

    @Test
    void a_second_server_does_not_take_the_first_ones_socket() throws IOException {
        try (RunningServer server = new RunningServer(folder)) {
            IOException refused = assertThrows(IOException.class, () -> UnixListener.bind(LibC.load(), server.socket));
            assertTrue(String.valueOf(refused.getMessage()).contains("already"), refused::toString);
            try (Client client = server.connect()) {
                assertEquals(2, client.greet(2));
            }
        }
    }

    @Test
    void a_socket_that_a_killed_server_left_is_replaced() throws IOException {
        Path left = Files.createDirectories(folder.resolve("run")).resolve("daemon.sock");
        UnixListener abandoned = UnixListener.bind(LibC.load(), left.resolveSibling("other.sock"));
        Files.move(left.resolveSibling("other.sock"), left);
        abandoned.close();
        try (RunningServer server = new RunningServer(folder);
                Client client = server.connect()) {
            assertEquals(2, client.greet(2));
        }
    }

    @Test
    void a_folder_that_everybody_may_write_to_is_refused() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        IOException refused =
                assertThrows(IOException.class, () -> UnixListener.bind(LibC.load(), open.resolve("daemon.sock")));
        assertTrue(String.valueOf(refused.getMessage()).contains("daemon.socket"), refused::toString);
    }
}
