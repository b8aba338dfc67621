// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C_WrapKey and C_UnwrapKey by ciphers that are no key wrap. */
class CipherWrappingTest {
    private static final MechanismCall CBC_PAD =
            new MechanismCall(Ckm.CKM_AES_CBC_PAD, new RawParameters(new byte[16]));
    private static final byte[] VALUE = "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private HsmFixture fixture;

    @BeforeEach
    void open() {
        fixture = new HsmFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Session session(Profile profile) {
        return fixture.login(fixture.newToken(profile.toString(), profile));
    }

    private static Template.Builder readable() {
        return Template.builder().put(Cka.CKA_SENSITIVE, false).put(Cka.CKA_EXTRACTABLE, true);
    }

    private long wrappingKey(Session session) {
        return fixture.hsm
                .keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_GEN),
                        Template.builder()
                                .put(Cka.CKA_VALUE_LEN, 32L)
                                .put(Cka.CKA_WRAP, true)
                                .put(Cka.CKA_UNWRAP, true)
                                .build());
    }

    private long secret(Session session) {
        return fixture.hsm
                .objects()
                .create(
                        session,
                        readable()
                                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                .put(Cka.CKA_VALUE, VALUE)
                                .build());
    }

    private byte[] wrap(Session session, MechanismCall call, long wrappingKey, long key) {
        return fixture.hsm
                .keys()
                .wrap(session, call, wrappingKey, key, Output.UNLIMITED)
                .require();
    }

    private byte[] unwrapped(Session session, MechanismCall call, long key, byte[] wrapped, Template.Builder template) {
        long handle = fixture.hsm
                .keys()
                .unwrap(
                        session,
                        call,
                        key,
                        wrapped,
                        template.put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                .build());
        return fixture.hsm
                .objects()
                .read(session, handle, Cka.CKA_VALUE)
                .get(0)
                .require()
                .asBytes();
    }

    @Test
    void compat_wraps_and_unwraps_by_the_modes_of_the_specification() {
        Session session = session(Profile.COMPAT);
        long wrapping = wrappingKey(session);
        long key = secret(session);
        for (MechanismCall call : List.of(
                CBC_PAD,
                new MechanismCall(Ckm.CKM_AES_CBC, new RawParameters(new byte[16])),
                MechanismCall.of(Ckm.CKM_AES_ECB),
                new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(new byte[12], VALUE, 128)),
                new MechanismCall(Ckm.CKM_AES_CCM, new CcmParameters(32, new byte[12], VALUE, 16)))) {
            byte[] wrapped = wrap(session, call, wrapping, key);
            assertFalse(Arrays.equals(VALUE, Arrays.copyOf(wrapped, VALUE.length)));
            assertArrayEquals(VALUE, unwrapped(session, call, wrapping, wrapped, readable()));
        }
    }

    @Test
    void by_default_two_keys_are_never_wrapped_with_a_nonce_that_the_caller_chose() {
        Session session = session(Profile.DEFAULT);
        long wrapping = wrappingKey(session);
        long key = secret(session);
        assertFault(Fault.MECHANISM_INVALID, () -> wrap(session, CBC_PAD, wrapping, key));
        assertFault(
                Fault.MECHANISM_PARAM_INVALID,
                () -> wrap(
                        session,
                        new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(new byte[12], VALUE, 128)),
                        wrapping,
                        key));
        assertFault(
                Fault.MECHANISM_PARAM_INVALID,
                () -> wrap(
                        session,
                        new MechanismCall(Ckm.CKM_AES_CCM, new CcmParameters(32, new byte[12], VALUE, 16)),
                        wrapping,
                        key));
    }

    @Test
    void a_key_made_of_a_password_decrypts_and_unwraps_and_wraps_nothing_sensitive() {
        Session session = session(Profile.DEFAULT);
        long password = fixture.hsm
                .keys()
                .generate(
                        session,
                        new MechanismCall(
                                Ckm.CKM_PKCS5_PBKD2,
                                new Pbkd2Parameters(
                                        Ckz.CKZ_SALT_SPECIFIED,
                                        VALUE,
                                        1000,
                                        Ckp.CKP_PKCS5_PBKD2_HMAC_SHA256,
                                        new byte[0],
                                        "secret".getBytes(StandardCharsets.US_ASCII))),
                        Template.builder()
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                                .put(Cka.CKA_VALUE_LEN, 32L)
                                .put(Cka.CKA_SENSITIVE, true)
                                .put(Cka.CKA_DECRYPT, true)
                                .put(Cka.CKA_WRAP, true)
                                .put(Cka.CKA_UNWRAP, true)
                                .build());
        MechanismCall keyWrap = MechanismCall.of(Ckm.CKM_AES_KEY_WRAP_PKCS7);
        assertEquals(48, wrap(session, keyWrap, password, secret(session)).length);
        long sensitive = fixture.hsm
                .keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_GEN),
                        Template.builder()
                                .put(Cka.CKA_VALUE_LEN, 32L)
                                .put(Cka.CKA_SENSITIVE, true)
                                .put(Cka.CKA_EXTRACTABLE, true)
                                .build());
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> wrap(session, keyWrap, password, sensitive));
    }

    @Test
    void a_damaged_key_under_pkcs1_padding_unwraps_to_another_key_of_the_wanted_length() {
        Session session = session(Profile.COMPAT);
        KeyPairHandles pair = fixture.hsm
                .keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN),
                        Template.builder()
                                .put(Cka.CKA_MODULUS_BITS, 2048L)
                                .put(Cka.CKA_WRAP, true)
                                .build(),
                        Template.builder().put(Cka.CKA_UNWRAP, true).build());
        MechanismCall call = MechanismCall.of(Ckm.CKM_RSA_PKCS);
        byte[] wrapped = wrap(session, call, pair.publicKey(), secret(session));
        assertArrayEquals(VALUE, unwrapped(session, call, pair.privateKey(), wrapped, readable()));
        wrapped[200] ^= 1;
        for (long length : new long[] {1, 16, 32, 200}) {
            byte[] other = unwrapped(
                    session, call, pair.privateKey(), wrapped, readable().put(Cka.CKA_VALUE_LEN, length));
            assertEquals(length, other.length);
            assertArrayEquals(
                    other,
                    unwrapped(
                            session,
                            call,
                            pair.privateKey(),
                            wrapped,
                            readable().put(Cka.CKA_VALUE_LEN, length)));
        }
    }
}
