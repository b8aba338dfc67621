// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AES in streams: what comes out when, on each engine. */
class StreamTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final byte[] DATA = data(100_000);

    private static byte[] data(int length) {
        byte[] data = new byte[length];
        new Random(1).nextBytes(data);
        return data;
    }

    private static HsmObject key() {
        return TestKeys.secret(Ckk.CKK_AES, data(32));
    }

    private static GcmParameters gcm(int iv) {
        return new GcmParameters(new byte[] {(byte) iv, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, data(20), 128);
    }

    private static byte[] encrypt(MechanismTable table, HsmObject key, long type, MechanismParameters parameters) {
        return Objects.requireNonNull(table.require(type).encryptor())
                .open(key, parameters)
                .finish(DATA, 0, DATA.length);
    }

    /** The sources that a GCM may come from. */
    enum Engine {
        ACCP(EngineSource.ACCP),
        JDK(EngineSource.SUN_JCE),
        BOUNCY_CASTLE(EngineSource.BOUNCY_CASTLE);

        private final EngineSource source;

        Engine(EngineSource source) {
            this.source = source;
        }

        MechanismTable table() {
            return Families.table(new Engines(Set.of(source)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_of_a_gcm_decryption_comes_out_before_its_tag_is_verified(Engine engine) {
        MechanismTable table = engine.table();
        HsmObject key = key();
        byte[] encrypted = encrypt(table, key, Ckm.CKM_AES_GCM, gcm(1));
        byte[] changed = encrypted.clone();
        changed[changed.length - 1] ^= 1;
        CipherStream stream = Objects.requireNonNull(
                        table.require(Ckm.CKM_AES_GCM).decryptor())
                .open(key, gcm(1));
        for (int at = 0; at < changed.length; at += 1000) {
            int length = Math.min(1000, changed.length - at);
            assertEquals(0, stream.updateSize(length));
            assertEquals(0, stream.update(changed, at, length).length);
        }
        HsmException e = assertThrows(HsmException.class, () -> stream.finish(changed, 0, 0));
        assertEquals(Fault.ENCRYPTED_DATA_INVALID, e.fault());
        CipherStream good = Objects.requireNonNull(
                        table.require(Ckm.CKM_AES_GCM).decryptor())
                .open(key, gcm(1));
        assertArrayEquals(DATA, good.finish(encrypted, 0, encrypted.length));
    }

    @ParameterizedTest
    @EnumSource
    void a_gcm_key_serves_ivs_of_all_lengths_in_any_order_and_twice(Engine engine) {
        MechanismTable table = engine.table();
        HsmObject key = key();
        for (int length : new int[] {12, 16, 16, 12, 20, 12, 12, 8, 12}) {
            GcmParameters parameters = new GcmParameters(data(length), data(3), 128);
            byte[] expected = encrypt(table, key(), Ckm.CKM_AES_GCM, parameters);
            assertArrayEquals(expected, encrypt(table, key, Ckm.CKM_AES_GCM, parameters));
        }
    }

    @Test
    void the_engines_agree() {
        HsmObject key = key();
        List<byte[]> results = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            results.add(encrypt(engine.table(), key(), Ckm.CKM_AES_GCM, gcm(2)));
        }
        results.forEach(result -> assertArrayEquals(results.get(0), result));
        assertArrayEquals(results.get(0), encrypt(TABLE, key, Ckm.CKM_AES_GCM, gcm(2)));
    }

    @Test
    void a_key_goes_on_after_an_operation_that_failed_or_was_left() {
        HsmObject key = key();
        byte[] iv = data(16);
        byte[] encrypted = encrypt(TABLE, key, Ckm.CKM_AES_CBC_PAD, new RawParameters(iv));
        for (int i = 0; i < 20; i++) {
            CipherStream left = Objects.requireNonNull(
                            TABLE.require(Ckm.CKM_AES_CBC_PAD).decryptor())
                    .open(key, new RawParameters(iv));
            left.update(encrypted, 0, 100);
            CipherStream failing = Objects.requireNonNull(
                            TABLE.require(Ckm.CKM_AES_CBC_PAD).decryptor())
                    .open(key, new RawParameters(iv));
            assertThrows(HsmException.class, () -> failing.finish(encrypted, 0, encrypted.length - 16));
            CipherStream whole = Objects.requireNonNull(
                            TABLE.require(Ckm.CKM_AES_CBC_PAD).decryptor())
                    .open(key, new RawParameters(iv));
            assertArrayEquals(DATA, whole.finish(encrypted, 0, encrypted.length));
        }
    }

    @Test
    void two_streams_of_one_key_do_not_disturb_each_other() {
        HsmObject key = key();
        MechanismParameters one = new RawParameters(data(16));
        MechanismParameters two = new RawParameters(new byte[16]);
        CipherStream first = Objects.requireNonNull(
                        TABLE.require(Ckm.CKM_AES_CBC).encryptor())
                .open(key, one);
        CipherStream second = Objects.requireNonNull(
                        TABLE.require(Ckm.CKM_AES_CBC).encryptor())
                .open(key, two);
        byte[] a1 = first.update(DATA, 0, 4000);
        byte[] b1 = second.update(DATA, 0, 4000);
        byte[] a2 = first.finish(DATA, 4000, DATA.length - 4000);
        byte[] b2 = second.finish(DATA, 4000, DATA.length - 4000);
        assertArrayEquals(encrypt(TABLE, key, Ckm.CKM_AES_CBC, one), joined(a1, a2));
        assertArrayEquals(encrypt(TABLE, key, Ckm.CKM_AES_CBC, two), joined(b1, b2));
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    @Test
    void a_counter_that_would_come_round_in_a_later_part_stops_there() {
        byte[] block = new byte[16];
        block[15] = (byte) 0xf0;
        CipherStream stream = Objects.requireNonNull(
                        TABLE.require(Ckm.CKM_AES_CTR).encryptor())
                .open(key(), new CtrParameters(8, block));
        assertEquals(256, stream.update(DATA, 0, 256).length);
        HsmException e = assertThrows(HsmException.class, () -> stream.update(DATA, 0, 1));
        assertEquals(Fault.DATA_LEN_RANGE, e.fault());
    }

    @Test
    void sizes_are_those_of_one_part_for_every_length() {
        HsmObject key = key();
        byte[] iv = data(16);
        for (int length = 0; length < 70; length++) {
            CipherStream stream = Objects.requireNonNull(
                            TABLE.require(Ckm.CKM_AES_CBC_PAD).encryptor())
                    .open(key, new RawParameters(iv));
            assertTrue(stream.sizesExact());
            assertEquals(stream.finishSize(length), stream.finish(DATA, 0, length).length);
        }
    }
}
