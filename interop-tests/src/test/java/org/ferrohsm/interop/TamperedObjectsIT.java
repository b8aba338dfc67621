// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HexFormat;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Host;
import org.ferrohsm.interop.fixture.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored key that somebody changed is unusable, and the others are not. The changed row is put back after each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TamperedObjectsIT {
    private static final String HASH = HexFormat.of().formatHex(new byte[32]);

    private final Home home;
    private final Store store;
    private final long bad;
    private final byte[] sealed;

    /** A store with two keys, "bad" and "good". */
    TamperedObjectsIT(@TempDir Path folder) {
        home = new Home(folder);
        home.newToken("tampered");
        try (Host host = home.host().loggedIn(0)) {
            host.call("generate", "bad").ok();
            host.call("generate", "good").ok();
        }
        home.write("hash", new byte[32]);
        store = new Store(home.store());
        bad = ((Number) store.column("SELECT min(rowid) FROM object WHERE private = 1")
                        .get(0))
                .longValue();
        sealed = (byte[])
                store.column("SELECT sealed FROM object WHERE rowid = " + bad).get(0);
    }

    @BeforeAll
    void keep_the_row() {
        store.copy("object", "temp.kept");
    }

    @AfterEach
    void put_the_row_back() {
        store.change("INSERT OR REPLACE INTO object SELECT * FROM temp.kept WHERE position = ?", bad);
    }

    @AfterAll
    void close() {
        store.close();
    }

    @Test
    void untouched_keys_sign() {
        assertBad(Cka.CKA_LABEL, "CKR_OK");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.7, 0.9, 1})
    void a_flipped_byte_anywhere_in_the_sealed_object_is_a_device_error(double place) {
        store.flip("object", "sealed", bad, (int) Math.round(place * (sealed.length - 1)));
        assertBad(Cka.CKA_LABEL, "CKR_DEVICE_ERROR");
    }

    /** The key is found by another column than the one that is changed. */
    @ParameterizedTest
    @CsvSource({"id, LABEL", "object_class, LABEL", "key_type, LABEL", "label, ID", "key_id, LABEL"})
    void a_flipped_byte_in_a_column_is_a_device_error(String column, String foundBy) {
        store.flip("object", column, bad, 0);
        assertBad(foundBy.equals("ID") ? Cka.CKA_ID : Cka.CKA_LABEL, "CKR_DEVICE_ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version = version + 1", "private = 0", "subject = x'00'", "label = NULL"})
    void another_value_in_a_column_is_a_device_error(String change) {
        store.change("UPDATE object SET " + change + " WHERE rowid = ?", bad);
        assertBad(Cka.CKA_ID, "CKR_DEVICE_ERROR");
    }

    @Test
    void another_keys_sealed_bytes_are_a_device_error() {
        store.change(
                "UPDATE object SET sealed = (SELECT sealed FROM object WHERE private = 1 AND rowid != ?1)"
                        + " WHERE rowid = ?1",
                bad);
        assertBad(Cka.CKA_LABEL, "CKR_DEVICE_ERROR");
    }

    @Test
    void pkcs11_tool_names_the_error_and_signs_with_the_other_key() {
        store.flip("object", "sealed", bad, sealed.length / 2);
        home.asUser("--sign", "-m", "ECDSA", "--id", hex("good"), "-i", "hash", "-o", "signature")
                .succeeded();
        home.asUser("--sign", "-m", "ECDSA", "--id", hex("bad"), "-i", "hash")
                .failed()
                .says("CKR_DEVICE_ERROR");
    }

    /** A new process gets this result when it signs with the key "bad", and signs with the key "good" before and after. */
    private void assertBad(long attribute, String result) {
        try (Host host = home.host().loggedIn(0)) {
            assertEquals("CKR_OK", sign(host, attribute, "good"));
            assertEquals(result, sign(host, attribute, "bad"));
            assertEquals("CKR_OK", sign(host, attribute, "good"));
        }
    }

    private static String sign(Host host, long attribute, String value) {
        assertEquals(1, host.find(attribute, value.getBytes(UTF_8)));
        return host.call("sign", HASH).result();
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
