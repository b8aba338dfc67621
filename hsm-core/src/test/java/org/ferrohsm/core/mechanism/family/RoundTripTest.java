// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that the table makes work with every mechanism of the table. */
class RoundTripTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final byte[] DATA =
            "32 bytes that could be a digest.".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final MechanismParameters NONE = NoParameters.INSTANCE;

    static Stream<Arguments> signatures() {
        return Stream.of(
                Arguments.of("rsa", Ckm.CKM_RSA_PKCS, NONE),
                Arguments.of("rsa", Ckm.CKM_SHA1_RSA_PKCS, NONE),
                Arguments.of("rsa", Ckm.CKM_SHA256_RSA_PKCS, NONE),
                Arguments.of("rsa", Ckm.CKM_SHA512_RSA_PKCS, NONE),
                Arguments.of("rsa", Ckm.CKM_RSA_PKCS_PSS, new PssParameters(Ckm.CKM_SHA256, Ckg.CKG_MGF1_SHA256, 32)),
                Arguments.of(
                        "rsa", Ckm.CKM_SHA384_RSA_PKCS_PSS, new PssParameters(Ckm.CKM_SHA384, Ckg.CKG_MGF1_SHA1, 0)),
                Arguments.of("p256", Ckm.CKM_ECDSA, NONE),
                Arguments.of("p384", Ckm.CKM_ECDSA_SHA256, NONE),
                Arguments.of("p521", Ckm.CKM_ECDSA_SHA512, NONE),
                Arguments.of("ed25519", Ckm.CKM_EDDSA, NONE));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void a_signature_verifies_and_a_changed_one_does_not(String pair, long type, MechanismParameters parameters) {
        Mechanism mechanism = TABLE.require(type);
        Pair keys = Pair.of(pair);
        for (int round = 0; round < 3; round++) {
            Signer signer = Objects.requireNonNull(mechanism.signer()).open(keys.priv, parameters);
            signer.update(DATA, 0, DATA.length);
            byte[] signature = signer.sign();
            assertEquals(signer.signatureLength(), signature.length);
            verify(mechanism, keys, parameters, signature);
            signature[signature.length / 2] ^= 1;
            HsmException e = assertThrows(HsmException.class, () -> verify(mechanism, keys, parameters, signature));
            assertEquals(Fault.SIGNATURE_INVALID, e.fault());
        }
    }

    private static void verify(Mechanism mechanism, Pair keys, MechanismParameters parameters, byte[] signature) {
        Verifier verifier = Objects.requireNonNull(mechanism.verifier()).open(keys.pub, parameters);
        verifier.update(DATA, 0, DATA.length);
        verifier.verify(signature);
    }

    static Stream<Arguments> ciphers() {
        return Stream.of(
                Arguments.of("aes", Ckm.CKM_AES_ECB, NONE),
                Arguments.of("aes", Ckm.CKM_AES_CBC, new RawParameters(new byte[16])),
                Arguments.of("aes", Ckm.CKM_AES_CBC_PAD, new RawParameters(new byte[16])),
                Arguments.of("aes", Ckm.CKM_AES_CTR, new CtrParameters(32, new byte[16])),
                Arguments.of("aes", Ckm.CKM_AES_GCM, new GcmParameters(new byte[12], DATA, 128)),
                Arguments.of("rsa", Ckm.CKM_RSA_PKCS, NONE),
                Arguments.of(
                        "rsa", Ckm.CKM_RSA_PKCS_OAEP, new OaepParameters(Ckm.CKM_SHA256, Ckg.CKG_MGF1_SHA1, 1, DATA)));
    }

    @ParameterizedTest
    @MethodSource("ciphers")
    void what_is_encrypted_decrypts(String pair, long type, MechanismParameters parameters) {
        Mechanism mechanism = TABLE.require(type);
        Pair keys = Pair.of(pair);
        CipherStream encryption = Objects.requireNonNull(mechanism.encryptor()).open(keys.pub, parameters);
        int size = encryption.finishSize(DATA.length);
        byte[] encrypted = encryption.finish(DATA, 0, DATA.length);
        assertEquals(size, encrypted.length);
        CipherStream decryption = Objects.requireNonNull(mechanism.decryptor()).open(keys.priv, parameters);
        assertArrayEquals(DATA, decryption.finish(encrypted, 0, encrypted.length));
    }

    private record Pair(HsmObject pub, HsmObject priv) {
        static Pair of(String name) {
            return switch (name) {
                case "aes" -> {
                    NewKey made = Objects.requireNonNull(
                                    TABLE.require(Ckm.CKM_AES_KEY_GEN).keyMaker())
                            .make(Template.builder().put(Cka.CKA_VALUE_LEN, 32).build(), NONE);
                    HsmObject key = TestKeys.object(Cko.CKO_SECRET_KEY, Ckk.CKK_AES, made);
                    yield new Pair(key, key);
                }
                case "rsa" ->
                    make(
                            Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                            Ckk.CKK_RSA,
                            Template.builder().put(Cka.CKA_MODULUS_BITS, 2048).build());
                case "p256" -> ec("06082a8648ce3d030107");
                case "p384" -> ec("06052b81040022");
                case "p521" -> ec("06052b81040023");
                default ->
                    make(
                            Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
                            Ckk.CKK_EC_EDWARDS,
                            Template.builder()
                                    .put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex("06032b6570"))
                                    .build());
            };
        }

        private static Pair ec(String oid) {
            return make(
                    Ckm.CKM_EC_KEY_PAIR_GEN,
                    Ckk.CKK_EC,
                    Template.builder()
                            .put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex(oid))
                            .build());
        }

        private static Pair make(long type, long keyType, Template template) {
            NewKeyPair made =
                    Objects.requireNonNull(TABLE.require(type).keyPairMaker()).make(template, Template.EMPTY, NONE);
            return new Pair(
                    TestKeys.object(Cko.CKO_PUBLIC_KEY, keyType, made.publicKey()),
                    TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made.privateKey()));
        }
    }
}
