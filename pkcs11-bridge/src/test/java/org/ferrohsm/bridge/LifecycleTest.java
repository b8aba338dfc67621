// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {
    private static final String OURS = "ferrohsm=1\npid=4711\napplication=openssl\n";

    private static String initialize(Host host) {
        return host.call(Call.C_Initialize, Host.initialisation(OURS)).returnValue();
    }

    private static String finish(Host host) {
        return host.call(Call.C_Finalize, Bytes.of()).returnValue();
    }

    @Test
    void a_library_is_initialised_once_until_it_is_finalised_and_then_again(@TempDir Path folder) {
        Host host = new Host(folder);
        assertEquals("CKR_CRYPTOKI_NOT_INITIALIZED", finish(host));
        assertEquals("CKR_OK", initialize(host));
        assertEquals("CKR_CRYPTOKI_ALREADY_INITIALIZED", initialize(host));
        assertEquals("CKR_OK", finish(host));
        assertEquals("CKR_CRYPTOKI_NOT_INITIALIZED", finish(host));
        assertEquals("CKR_OK", initialize(host));
        host.close();
    }

    @Test
    void a_token_survives_finalisation_and_its_sessions_do_not(@TempDir Path folder) {
        try (Host host = new Host(folder).initialize()) {
            long session = host.newTokenLogin("stays");
            finish(host);
            host.initialize();
            assertEquals(
                    "CKR_SESSION_HANDLE_INVALID",
                    host.call(Call.C_GetSessionInfo, Bytes.of().ulong(session)).returnValue());
            Reply token = host.call(Call.C_GetTokenInfo, Bytes.of().ulong(0)).ok();
            assertEquals("stays" + " ".repeat(27), token.text());
        }
    }

    @Test
    void the_library_introduces_itself(@TempDir Path folder) {
        try (Host host = new Host(folder).initialize()) {
            Reply info = host.call(Call.C_GetInfo, Bytes.of()).ok();
            assertEquals("3.2", info.version());
            assertEquals("FerroHSM" + " ".repeat(24), info.text());
            assertEquals(0, info.ulong());
            assertEquals("FerroHSM" + " ".repeat(24), info.text());
            assertEquals("0.1", info.version());
            assertEquals(0, info.rest().length);
        }
    }

    @Test
    void a_client_of_p11_kit_that_sends_no_name_is_let_in(@TempDir Path folder) {
        try (Host host = new Host(folder)) {
            host.call(Call.C_Initialize, Host.initialisation("")).ok();
            assertEquals("CKR_CRYPTOKI_ALREADY_INITIALIZED", initialize(host));
        }
    }

    @Test
    void the_audit_log_names_the_program_and_its_process(@TempDir Path folder) {
        try (Host host = new Host(folder).initialize()) {
            host.newTokenLogin("audited");
        }
        HsmConfig config = HsmConfig.load(Map.of(
                "HOME", folder.toString(),
                "FERROHSM_CONF", folder.resolve("ferrohsm.conf").toString(),
                "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db")));
        try (HsmRuntime hsm = HsmRuntime.open(config)) {
            List<String> actors = hsm.store()
                    .read(reader -> reader.audit(0, 100).stream()
                            .map(row -> AuditRecord.parse(row.record()).event().actor())
                            .toList());
            assertTrue(actors.contains("pkcs11 openssl[4711]"), actors.toString());
        }
    }

    @Test
    void an_unusable_configuration_is_a_general_error_with_one_line_for_who_asks(@TempDir Path folder)
            throws IOException {
        Path conf = folder.resolve("bad.conf");
        Files.writeString(conf, "stroe = x\n");
        Host loud = new Host(folder, Map.of("FERROHSM_CONF", conf.toString(), "FERROHSM_DEBUG", "1"));
        assertEquals("CKR_GENERAL_ERROR", initialize(loud));
        assertEquals(1, loud.debug().lines().count(), loud.debug());
        assertTrue(loud.debug().startsWith("ferrohsm: C_Initialize: CKR_GENERAL_ERROR: "), loud.debug());
        assertTrue(loud.debug().contains("stroe"), loud.debug());

        Host silent = new Host(folder, Map.of("FERROHSM_CONF", conf.toString(), "FERROHSM_DEBUG", ""));
        assertEquals("CKR_GENERAL_ERROR", initialize(silent));
        assertEquals("", silent.debug());
        assertEquals("CKR_CRYPTOKI_NOT_INITIALIZED", finish(silent));
    }

    @Test
    void a_store_url_that_means_nothing_is_a_general_error(@TempDir Path folder) {
        Host host = new Host(folder, Map.of("FERROHSM_STORE", "carrier-pigeon:"));
        assertEquals("CKR_GENERAL_ERROR", initialize(host));
    }

    @Test
    void a_store_that_is_no_database_is_a_general_error_and_is_left_alone(@TempDir Path folder) throws IOException {
        Path store = folder.resolve("store.db");
        byte[] letter = "Dear John, ".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(store, letter);
        assertEquals("CKR_GENERAL_ERROR", initialize(new Host(folder)));
        assertArrayEquals(letter, Files.readAllBytes(store));
    }

    @Test
    void an_answer_that_nobody_waits_for_cannot_be_fetched(@TempDir Path folder) {
        Host host = new Host(folder);
        ByteBuffer buffer = ByteBuffer.allocateDirect(64);
        byte[] answer = new byte[host.fetch(buffer)];
        buffer.get(0, answer);
        assertEquals("CKR_GENERAL_ERROR", Reply.of(Call.ERROR, answer).returnValue());
    }
}
