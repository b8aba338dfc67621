// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key pairs of every asymmetric type on their way through the services: made, wrapped, unwrapped, brought in, used. */
class AsymmetricKeysTest {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

    /** Domain parameters of the NIST Cryptographic Algorithm Validation Program, of 2048 and 256 bits. */
    private static final String DSA_PRIME = """
            cdf428329e226cf715f18eed005e439a8c7b927edd24c866be6c1b370057059ea426d06f584f8e3c89f02fe8d4042604a2fe
            0db63a87ff018dfaec7790b88fd1da8396561ae62df6f18d3540992efc5ecce63068f5f595687b8bbeed5801d5b6c6bdf362
            dadebb80e190d719d144db693fc43cefbd72b149570a96282fd9441c397d98b15d73f8cfaa8f6514a16f5992a0a02fd7b6e4
            932b1e7e7ef2db717815b11e867e187aae26f9c16ca0a5ca434acf8f3356c3711765fe5e548b1edce381bdd843580f9a881d
            702f00a0719c3bfa8576304decb616b08ef8db6f8c3d48923a2a30b9b505ad737af1cbb0019558487400379738fd89c1ee01
            285e76e2d98b
            """;

    private static final String DSA_SUBPRIME = "daf3ebd85f57a8731538596876e8a34e73c732bc69b4d64b010bd7d5b63a09ef";
    private static final String DSA_BASE = """
            6cb6a8c1b8ea97173e5ae1d2a2d530468fd932b81a4f3c3e11042d56a61a504b9c207da7cdca293c04f78583cf218e1cd2c1
            a92637ab4ff61d2eaa5e8e8221bfe17e6a741791f21c799221ae4c703262a6dc2e295e36939e248dacaaffe673071f6dc7a9
            0d7ca3427556fb99fb1fdca9de3f745b5e56be5b5933ebcba4f0c60fef3798cdca519997ef74acd7000d3a286d01c7000a66
            fe0066be4381842aa040c3bf465306c38752d41c29162c4d294f2b1f7e9ad9232aadb469047f4050b085bafa06283def7d84
            958528a3f129a3bc81466c0ccd493fcaa87e805e7bd4450090ce55652dba15271234fbe0cfef66f3ed9d569e565bd1218f28
            56637a5b26a4
            """;

    private static final MechanismCall WRAPPING = MechanismCall.of(Ckm.CKM_AES_KEY_WRAP_KWP);
    private static final long[] PUBLIC_PARTS = {
        Cka.CKA_MODULUS,
        Cka.CKA_PUBLIC_EXPONENT,
        Cka.CKA_EC_PARAMS,
        Cka.CKA_EC_POINT,
        Cka.CKA_PARAMETER_SET,
        Cka.CKA_PRIME,
        Cka.CKA_SUBPRIME,
        Cka.CKA_BASE,
        Cka.CKA_VALUE
    };

    @TempDir
    private Path folder;

    /** Keys that sign. */
    record Signing(String name, long generation, long keyType, long signature, Template template) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Signing> signing() {
        return Stream.of(
                new Signing(
                        "RSA",
                        Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                        Ckk.CKK_RSA,
                        Ckm.CKM_SHA3_256_RSA_PKCS,
                        Template.builder().put(Cka.CKA_MODULUS_BITS, 2048).build()),
                new Signing(
                        "secp256k1",
                        Ckm.CKM_EC_KEY_PAIR_GEN,
                        Ckk.CKK_EC,
                        Ckm.CKM_ECDSA_SHA256,
                        curve("06052b8104000a")),
                new Signing(
                        "brainpool",
                        Ckm.CKM_EC_KEY_PAIR_GEN,
                        Ckk.CKK_EC,
                        Ckm.CKM_ECDSA_SHA3_512,
                        curve("06092b240303020801010d")),
                new Signing(
                        "Ed448",
                        Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
                        Ckk.CKK_EC_EDWARDS,
                        Ckm.CKM_EDDSA,
                        curve("06032b6571")),
                new Signing(
                        "DSA",
                        Ckm.CKM_DSA_KEY_PAIR_GEN,
                        Ckk.CKK_DSA,
                        Ckm.CKM_DSA_SHA256,
                        Template.builder()
                                .put(Cka.CKA_PRIME, number(DSA_PRIME))
                                .put(Cka.CKA_SUBPRIME, number(DSA_SUBPRIME))
                                .put(Cka.CKA_BASE, number(DSA_BASE))
                                .build()),
                new Signing(
                        "ML-DSA", Ckm.CKM_ML_DSA_KEY_PAIR_GEN, Ckk.CKK_ML_DSA, Ckm.CKM_ML_DSA, set(Ckp.CKP_ML_DSA_65)),
                new Signing(
                        "SLH-DSA",
                        Ckm.CKM_SLH_DSA_KEY_PAIR_GEN,
                        Ckk.CKK_SLH_DSA,
                        Ckm.CKM_HASH_SLH_DSA_SHA256,
                        set(Ckp.CKP_SLH_DSA_SHA2_128F)));
    }

    private static Template curve(String oid) {
        return Template.builder()
                .put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex(oid))
                .build();
    }

    private static byte[] number(String hex) {
        return HexFormat.of().parseHex(hex.replace("\n", ""));
    }

    private static Template set(long number) {
        return Template.builder().put(Cka.CKA_PARAMETER_SET, number).build();
    }

    private static Template.Builder extractable() {
        return Template.builder().put(Cka.CKA_EXTRACTABLE, true).put(Cka.CKA_TOKEN, true);
    }

    private static long rewrapped(HsmFixture fixture, Session session, long key, long keyType) {
        long wrapping = fixture.wrappingKey(session);
        byte[] wrapped = fixture.hsm
                .keys()
                .wrap(session, WRAPPING, wrapping, key, Output.UNLIMITED)
                .require();
        return fixture.hsm
                .keys()
                .unwrap(
                        session,
                        WRAPPING,
                        wrapping,
                        wrapped,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_PRIVATE_KEY)
                                .put(Cka.CKA_KEY_TYPE, keyType)
                                .put(Cka.CKA_EXTRACTABLE, true)
                                .put(Cka.CKA_DERIVE, true)
                                .build());
    }

    /** The public key made again from what the object shows of it. */
    private static long broughtIn(HsmFixture fixture, Session session, long publicKey, long keyType) {
        Template.Builder template =
                Template.builder().put(Cka.CKA_CLASS, Cko.CKO_PUBLIC_KEY).put(Cka.CKA_KEY_TYPE, keyType);
        for (AttributeReading part : fixture.hsm.objects().read(session, publicKey, PUBLIC_PARTS)) {
            if (part.state() == AttributeReading.State.PRESENT) {
                template.put(part.type(), part.require());
            }
        }
        return fixture.hsm.objects().create(session, template.build());
    }

    private static byte[] bytes(HsmFixture fixture, Session session, long key, long type) {
        return fixture.hsm.objects().read(session, key, type).get(0).require().asBytes();
    }

    @ParameterizedTest
    @MethodSource("signing")
    void a_key_pair_keeps_what_it_is_when_wrapped_and_when_brought_in(Signing kind) {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            Session session = fixture.login(fixture.newToken("token"));
            KeyPairHandles pair = fixture.hsm
                    .keys()
                    .generatePair(
                            session,
                            MechanismCall.of(kind.generation),
                            kind.template,
                            extractable().build());
            long priv = rewrapped(fixture, session, pair.privateKey(), kind.keyType);
            long pub = broughtIn(fixture, session, pair.publicKey(), kind.keyType);
            byte[] info = bytes(fixture, session, pair.publicKey(), Cka.CKA_PUBLIC_KEY_INFO);
            assertTrue(info.length > 0);
            for (long key : new long[] {pair.privateKey(), priv, pub}) {
                assertArrayEquals(info, bytes(fixture, session, key, Cka.CKA_PUBLIC_KEY_INFO));
            }
            MechanismCall call = MechanismCall.of(kind.signature);
            fixture.hsm.crypto().signInit(session, call, priv);
            byte[] signature =
                    fixture.hsm.crypto().sign(session, DATA, Output.UNLIMITED).require();
            for (long key : new long[] {pair.publicKey(), pub}) {
                fixture.hsm.crypto().verifyInit(session, call, key);
                fixture.hsm.crypto().verify(session, DATA, signature);
            }
            signature[signature.length / 2] ^= 1;
            fixture.hsm.crypto().verifyInit(session, call, pub);
            assertFault(Fault.SIGNATURE_INVALID, () -> fixture.hsm.crypto().verify(session, DATA, signature));
        }
    }

    @Test
    void an_unwrapped_ml_kem_key_opens_what_a_brought_in_public_key_closed() {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            Session session = fixture.login(fixture.newToken("token"));
            KeyPairHandles pair = fixture.hsm
                    .keys()
                    .generatePair(
                            session,
                            MechanismCall.of(Ckm.CKM_ML_KEM_KEY_PAIR_GEN),
                            Template.builder()
                                    .put(Cka.CKA_PARAMETER_SET, Ckp.CKP_ML_KEM_768)
                                    .build(),
                            extractable().build());
            long priv = rewrapped(fixture, session, pair.privateKey(), Ckk.CKK_ML_KEM);
            long pub = broughtIn(fixture, session, pair.publicKey(), Ckk.CKK_ML_KEM);
            Template shown = Template.builder()
                    .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                    .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                    .put(Cka.CKA_SENSITIVE, false)
                    .put(Cka.CKA_EXTRACTABLE, true)
                    .build();
            MechanismCall call = MechanismCall.of(Ckm.CKM_ML_KEM);
            Encapsulated made = fixture.hsm.keys().encapsulate(session, call, pub, shown, Output.UNLIMITED);
            long back = fixture.hsm
                    .keys()
                    .decapsulate(session, call, priv, shown, made.ciphertext().require());
            byte[] secret = bytes(fixture, session, made.key(), Cka.CKA_VALUE);
            assertEquals(32, secret.length);
            assertArrayEquals(secret, bytes(fixture, session, back, Cka.CKA_VALUE));
        }
    }

    @Test
    void an_unwrapped_x25519_key_agrees_as_the_first_one_did() {
        try (HsmFixture fixture = new HsmFixture(folder)) {
            Session session = fixture.login(fixture.newToken("token"));
            KeyPairHandles[] pairs = new KeyPairHandles[2];
            for (int i = 0; i < pairs.length; i++) {
                pairs[i] = fixture.hsm
                        .keys()
                        .generatePair(
                                session,
                                MechanismCall.of(Ckm.CKM_EC_MONTGOMERY_KEY_PAIR_GEN),
                                curve("06032b656e"),
                                extractable().put(Cka.CKA_DERIVE, true).build());
            }
            long again = rewrapped(fixture, session, pairs[0].privateKey(), Ckk.CKK_EC_MONTGOMERY);
            byte[] one = agreed(fixture, session, again, pairs[1].publicKey());
            assertArrayEquals(one, agreed(fixture, session, pairs[1].privateKey(), pairs[0].publicKey()));
        }
    }

    private static byte[] agreed(HsmFixture fixture, Session session, long priv, long pub) {
        byte[] point = bytes(fixture, session, pub, Cka.CKA_EC_POINT);
        long key = fixture.hsm
                .keys()
                .derive(
                        session,
                        new MechanismCall(Ckm.CKM_ECDH1_DERIVE, new EcdhParameters(Ckd.CKD_NULL, new byte[0], point)),
                        priv,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                .put(Cka.CKA_SENSITIVE, false)
                                .put(Cka.CKA_EXTRACTABLE, true)
                                .build());
        return Objects.requireNonNull(bytes(fixture, session, key, Cka.CKA_VALUE));
    }
}
