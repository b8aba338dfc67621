// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a TLS connection, by default. */
class TlsKeysServiceTest {
    private static final byte[] RANDOM = new byte[32];
    private static final Template AES =
            Template.builder().put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES).build();

    private HsmFixture fixture;
    private Session session;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        session = fixture.login(fixture.newToken("tls", Profile.DEFAULT));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private long master(boolean sensitive) {
        byte[] value = new byte[48];
        Arrays.fill(value, (byte) 7);
        return fixture.hsm
                .objects()
                .create(
                        session,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                .put(Cka.CKA_VALUE, value)
                                .put(Cka.CKA_DERIVE, true)
                                .put(Cka.CKA_SENSITIVE, sensitive)
                                .put(Cka.CKA_EXTRACTABLE, !sensitive)
                                .build());
    }

    private static MechanismCall call(long mechanism, int macBits, int ivBits) {
        return new MechanismCall(
                mechanism, new TlsKeyParameters(Ckm.CKM_SHA256, macBits, 128, ivBits, false, RANDOM, RANDOM));
    }

    private MadeKeys derive(MechanismCall call, boolean sensitive, Template template) {
        return fixture.hsm.keys().deriveAll(session, call, master(sensitive), template);
    }

    private AttributeValue attribute(long key, long type) {
        return fixture.hsm.objects().read(session, key, type).get(0).require();
    }

    @Test
    void four_keys_are_as_protected_as_the_master_secret_and_each_has_its_use() {
        MadeKeys made = derive(call(Ckm.CKM_TLS12_KEY_SAFE_DERIVE, 256, 0), true, AES);
        assertEquals(0, made.returned());
        assertEquals(4, made.handles().length);
        for (int i = 0; i < 4; i++) {
            long key = made.handles()[i];
            assertTrue(attribute(key, Cka.CKA_SENSITIVE).asBoolean());
            assertFalse(attribute(key, Cka.CKA_EXTRACTABLE).asBoolean());
            assertTrue(attribute(key, i < 2 ? Cka.CKA_SIGN : Cka.CKA_ENCRYPT).asBoolean());
            assertEquals(
                    i < 2 ? Ckk.CKK_GENERIC_SECRET : Ckk.CKK_AES,
                    attribute(key, Cka.CKA_KEY_TYPE).asLong());
            assertEquals(i < 2 ? 32 : 16, attribute(key, Cka.CKA_VALUE_LEN).asLong());
        }
    }

    @Test
    void an_authenticated_cipher_has_no_secrets_for_macs() {
        long[] handles =
                derive(call(Ckm.CKM_TLS12_KEY_AND_MAC_DERIVE, 0, 0), true, AES).handles();
        assertArrayEquals(new long[] {0, 0}, Arrays.copyOf(handles, 2));
        assertEquals(Ckk.CKK_AES, attribute(handles[2], Cka.CKA_KEY_TYPE).asLong());
        assertNotEquals(handles[2], handles[3]);
    }

    @Test
    void ivs_come_back_only_of_a_master_secret_that_can_be_read() {
        MechanismCall ivs = call(Ckm.CKM_TLS12_KEY_AND_MAC_DERIVE, 0, 32);
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> derive(ivs, true, AES));
        MadeKeys made = derive(ivs, false, AES);
        assertEquals(4, made.outputs().get(0).length);
        assertFalse(Arrays.equals(made.outputs().get(0), made.outputs().get(1)));
        MadeKeys safe = derive(call(Ckm.CKM_TLS12_KEY_SAFE_DERIVE, 0, 32), true, AES);
        assertEquals(0, safe.outputs().get(0).length);
    }

    @Test
    void a_template_cannot_say_otherwise_how_sensitive_the_keys_are() {
        Template open = AES.toBuilder().put(Cka.CKA_SENSITIVE, false).build();
        assertFault(Fault.TEMPLATE_INCONSISTENT, () -> derive(call(Ckm.CKM_TLS12_KEY_SAFE_DERIVE, 256, 0), true, open));
    }

    @Test
    void what_gives_bytes_of_secrets_away_is_for_old_programs_alone() {
        MechanismCall function = new MechanismCall(
                Ckm.CKM_TLS_PRF,
                new TlsPrfParameters(
                        RANDOM, "key expansion".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 104));
        assertFault(Fault.MECHANISM_INVALID, () -> derive(function, true, AES));
        for (long mechanism : new long[] {
            Ckm.CKM_TLS_KEY_AND_MAC_DERIVE, Ckm.CKM_TLS12_MASTER_KEY_DERIVE, Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE
        }) {
            assertFault(Fault.MECHANISM_INVALID, () -> derive(call(mechanism, 160, 0), true, AES));
        }
    }
}
