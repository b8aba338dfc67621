// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks T12 to T20 of docs/profiles.md, which use keys and handles, each in each profile. */
class UseAttackTest extends AttackTest {
    private static final byte[] IV = new byte[12];

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t12_a_damaged_pkcs1_ciphertext_decrypts_to_the_same_noise_each_time(Profile profile) {
        use(profile);
        KeyPairHandles pair = rsa(uses(Cka.CKA_ENCRYPT), uses(Cka.CKA_DECRYPT));
        if (profile == Profile.STRICT) {
            assertFault(
                    Fault.MECHANISM_INVALID,
                    () -> fixture.hsm
                            .crypto()
                            .decryptInit(session, MechanismCall.of(Ckm.CKM_RSA_PKCS), pair.privateKey()));
            return;
        }
        byte[] noise = new byte[256];
        noise[200] = 1;
        assertArrayEquals(pkcs1(pair, noise), pkcs1(pair, noise));
    }

    private byte[] pkcs1(KeyPairHandles pair, byte[] ciphertext) {
        fixture.hsm.crypto().decryptInit(session, MechanismCall.of(Ckm.CKM_RSA_PKCS), pair.privateKey());
        return fixture.hsm
                .crypto()
                .decrypt(session, ciphertext, Output.UNLIMITED)
                .require();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t13_all_damage_to_an_oaep_ciphertext_is_one_error(Profile profile) {
        use(profile);
        KeyPairHandles pair = rsa(uses(Cka.CKA_ENCRYPT), uses(Cka.CKA_DECRYPT));
        List<byte[]> damaged = new ArrayList<>();
        for (int at : new int[] {1, 100, 255}) {
            byte[] ciphertext = new byte[256];
            ciphertext[at] = 1;
            damaged.add(ciphertext);
        }
        for (byte[] ciphertext : damaged) {
            fixture.hsm.crypto().decryptInit(session, oaepCall(), pair.privateKey());
            assertFault(
                    Fault.ENCRYPTED_DATA_INVALID,
                    () -> fixture.hsm.crypto().decrypt(session, ciphertext, Output.UNLIMITED));
        }
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t14_odd_cbc_pad_input_is_an_error_and_never_a_crash(Profile profile) {
        use(profile);
        long key = aes(32, uses(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT));
        MechanismCall call = new MechanismCall(Ckm.CKM_AES_CBC_PAD, new RawParameters(new byte[16]));
        for (int length : new int[] {0, 1, 15, 17}) {
            fixture.hsm.crypto().decryptInit(session, call, key);
            assertFault(
                    Fault.ENCRYPTED_DATA_LEN_RANGE,
                    () -> fixture.hsm.crypto().decrypt(session, new byte[length], Output.UNLIMITED));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"DEFAULT", "STRICT"})
    void t15_short_tags_and_an_iv_used_twice_are_bad_parameters(Profile profile) {
        use(profile);
        byte[] none = new byte[0];
        long key = aes(32, uses(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT));
        for (long bits : new long[] {0, 8, 32, 64}) {
            MechanismCall gcm = new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(IV, none, bits));
            MechanismCall ccm = new MechanismCall(Ckm.CKM_AES_CCM, new CcmParameters(3, IV, none, bits / 8));
            for (MechanismCall call : List.of(gcm, ccm)) {
                assertFault(
                        Fault.MECHANISM_PARAM_INVALID,
                        () -> fixture.hsm.crypto().encryptInit(session, call, key));
                assertFault(
                        Fault.MECHANISM_PARAM_INVALID,
                        () -> fixture.hsm.crypto().decryptInit(session, call, key));
            }
        }
        assertTakesIvOnce(profile, key, new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(IV, none, 128)));
        long other = aes(32, uses(Cka.CKA_ENCRYPT));
        assertTakesIvOnce(profile, other, new MechanismCall(Ckm.CKM_AES_CCM, new CcmParameters(3, IV, none, 16)));
        if (profile == Profile.DEFAULT) {
            long chacha = fixture.hsm
                    .keys()
                    .generate(
                            session,
                            MechanismCall.of(Ckm.CKM_CHACHA20_KEY_GEN),
                            uses(Cka.CKA_ENCRYPT).build());
            MechanismCall poly = new MechanismCall(Ckm.CKM_CHACHA20_POLY1305, new ChaChaPolyParameters(IV, none));
            assertTakesIvOnce(profile, chacha, poly);
        }
    }

    /** Or not at all, where the token makes the IVs. */
    private void assertTakesIvOnce(Profile profile, long key, MechanismCall call) {
        if (profile == Profile.DEFAULT) {
            fixture.hsm.crypto().encryptInit(session, call, key);
            assertNotNull(fixture.hsm
                    .crypto()
                    .encrypt(session, new byte[3], Output.UNLIMITED)
                    .require());
        }
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> fixture.hsm.crypto().encryptInit(session, call, key));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t16_a_streamed_decryption_with_a_bad_tag_gives_nothing_before_its_error(Profile profile) {
        use(profile);
        long key = aes(32, uses(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT));
        CryptoService crypto = fixture.hsm.crypto();
        crypto.decryptInit(session, new MechanismCall(Ckm.CKM_AES_GCM, new GcmParameters(IV, new byte[0], 128)), key);
        assertEquals(
                0, crypto.decryptUpdate(session, new byte[64], Output.UNLIMITED).require().length);
        assertFault(Fault.ENCRYPTED_DATA_INVALID, () -> crypto.decryptFinal(session, Output.UNLIMITED));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t17_a_mac_of_one_byte_is_a_bad_parameter(Profile profile) {
        use(profile);
        long key = fixture.hsm
                .keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_GENERIC_SECRET_KEY_GEN),
                        uses(Cka.CKA_SIGN, Cka.CKA_VERIFY)
                                .put(Cka.CKA_VALUE_LEN, 32L)
                                .build());
        MechanismCall call = new MechanismCall(Ckm.CKM_SHA256_HMAC_GENERAL, new MacLengthParameters(1));
        CryptoService crypto = fixture.hsm.crypto();
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> crypto.signInit(session, call, key));
        assertFault(Fault.MECHANISM_PARAM_INVALID, () -> crypto.verifyInit(session, call, key));
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"DEFAULT", "STRICT"})
    void t18_no_key_is_derived_that_can_be_guessed(Profile profile) {
        use(profile);
        KeyPairHandles pair = pairThatAgrees();
        byte[] peer = fixture.hsm
                .objects()
                .read(session, pair.publicKey(), Cka.CKA_EC_POINT)
                .get(0)
                .require()
                .asBytes();
        MechanismCall call = new MechanismCall(Ckm.CKM_ECDH1_DERIVE, new EcdhParameters(1, new byte[0], peer));
        assertFault(
                Fault.TEMPLATE_INCONSISTENT,
                () -> fixture.hsm
                        .keys()
                        .derive(
                                session,
                                call,
                                pair.privateKey(),
                                Template.builder()
                                        .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                        .put(Cka.CKA_VALUE_LEN, 1L)
                                        .build()));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t19_a_point_off_the_curve_and_a_bad_rsa_key_are_refused(Profile profile) {
        use(profile);
        KeyPairHandles pair = pairThatAgrees();
        byte[] off = new byte[65];
        off[0] = 4;
        for (byte[] point : new byte[][] {off, {0}}) {
            assertFault(
                    Fault.PUBLIC_KEY_INVALID,
                    () -> fixture.hsm
                            .keys()
                            .derive(
                                    session,
                                    new MechanismCall(Ckm.CKM_ECDH1_DERIVE, new EcdhParameters(1, new byte[0], point)),
                                    pair.privateKey(),
                                    Template.EMPTY));
        }
        for (long exponent : new long[] {1, 3}) {
            assertFault(Fault.ATTRIBUTE_VALUE_INVALID, () -> rsaPair(2048, exponent));
        }
        assertFault(Fault.KEY_SIZE_RANGE, () -> rsaPair(1024, 65537));
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t20_handles_mean_nothing_elsewhere_or_after_a_logout(Profile profile) {
        use(profile);
        long key = aes(32, uses(Cka.CKA_ENCRYPT));
        var other = fixture.hsm.newApplication("other");
        assertFault(Fault.SESSION_HANDLE_INVALID, () -> fixture.hsm.sessions().require(other, session.handle()));
        Session foreign = fixture.hsm.sessions().open(other, session.slot(), 6);
        fixture.hsm.sessions().login(foreign, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN));
        MechanismCall ecb = new MechanismCall(Ckm.CKM_AES_CBC, new RawParameters(new byte[16]));
        assertFault(Fault.KEY_HANDLE_INVALID, () -> fixture.hsm.crypto().encryptInit(foreign, ecb, key));
        fixture.hsm.sessions().logout(session);
        assertFault(Fault.KEY_HANDLE_INVALID, () -> fixture.hsm.crypto().encryptInit(session, ecb, key));
    }

    private KeyPairHandles pairThatAgrees() {
        return fixture.hsm
                .keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_EC_KEY_PAIR_GEN),
                        uses(Cka.CKA_DERIVE)
                                .put(Cka.CKA_EC_PARAMS, HsmFixture.P256)
                                .build(),
                        uses(Cka.CKA_DERIVE).build());
    }

    private KeyPairHandles rsa(Template.Builder publicUses, Template.Builder privateUses) {
        return fixture.hsm
                .keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN),
                        publicUses.put(Cka.CKA_MODULUS_BITS, 2048L).build(),
                        privateUses.build());
    }

    private KeyPairHandles rsaPair(long bits, long exponent) {
        return fixture.hsm
                .keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN),
                        uses(Cka.CKA_VERIFY)
                                .put(Cka.CKA_MODULUS_BITS, bits)
                                .put(
                                        Cka.CKA_PUBLIC_EXPONENT,
                                        BigInteger.valueOf(exponent).toByteArray())
                                .build(),
                        uses(Cka.CKA_SIGN).build());
    }
}
