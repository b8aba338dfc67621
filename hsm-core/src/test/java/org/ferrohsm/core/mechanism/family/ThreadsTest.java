// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.api.Test;

/** One key, many threads at once: each gets its own result. */
class ThreadsTest {
    private static final MechanismTable TABLE = Families.table(new Engines());

    private static void inThreads(java.util.function.IntConsumer work) {
        IntStream.range(0, 600).parallel().forEach(work);
    }

    private static byte[] message(int i) {
        return ByteBuffer.allocate(40).putInt(i).putInt(36, ~i).array();
    }

    private static byte[] sign(long type, HsmObject key, byte[] data) {
        Signer signer = Objects.requireNonNull(TABLE.require(type).signer()).open(key, NoParameters.INSTANCE);
        signer.update(data, 0, 7);
        signer.update(data, 7, data.length - 7);
        return signer.sign();
    }

    private static void verify(long type, HsmObject key, byte[] data, byte[] signature) {
        Verifier verifier =
                Objects.requireNonNull(TABLE.require(type).verifier()).open(key, NoParameters.INSTANCE);
        verifier.update(data, 0, data.length);
        verifier.verify(signature);
    }

    private static void signatures(long generation, long keyType, Template template, long type) {
        NewKeyPair made = Objects.requireNonNull(TABLE.require(generation).keyPairMaker())
                .make(template, Template.EMPTY, NoParameters.INSTANCE);
        HsmObject pub = TestKeys.object(Cko.CKO_PUBLIC_KEY, keyType, made.publicKey());
        HsmObject priv = TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made.privateKey());
        inThreads(i -> verify(type, pub, message(i), sign(type, priv, message(i))));
    }

    @Test
    void an_rsa_key_signs_and_verifies() {
        Template template = Template.builder().put(Cka.CKA_MODULUS_BITS, 2048).build();
        signatures(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, Ckk.CKK_RSA, template, Ckm.CKM_SHA256_RSA_PKCS);
    }

    @Test
    void an_ec_key_signs_and_verifies() {
        Template template = Template.builder()
                .put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex("06082a8648ce3d030107"))
                .build();
        signatures(Ckm.CKM_EC_KEY_PAIR_GEN, Ckk.CKK_EC, template, Ckm.CKM_ECDSA_SHA256);
    }

    @Test
    void an_ed25519_key_signs_and_verifies() {
        Template template = Template.builder()
                .put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex("06032b6570"))
                .build();
        signatures(Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN, Ckk.CKK_EC_EDWARDS, template, Ckm.CKM_EDDSA);
    }

    @Test
    void a_mac_key_makes_each_threads_mac() {
        HsmObject shared = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, new byte[32]);
        inThreads(i -> assertArrayEquals(
                sign(Ckm.CKM_SHA256_HMAC, TestKeys.secret(Ckk.CKK_GENERIC_SECRET, new byte[32]), message(i)),
                sign(Ckm.CKM_SHA256_HMAC, shared, message(i))));
    }

    @Test
    void an_aes_key_encrypts_and_decrypts() {
        HsmObject shared = TestKeys.secret(Ckk.CKK_AES, new byte[32]);
        Mechanism mechanism = TABLE.require(Ckm.CKM_AES_CBC_PAD);
        inThreads(i -> {
            RawParameters iv =
                    new RawParameters(ByteBuffer.allocate(16).putInt(i).array());
            byte[] encrypted = Objects.requireNonNull(mechanism.encryptor())
                    .open(shared, iv)
                    .finish(message(i), 0, 40);
            byte[] decrypted = Objects.requireNonNull(mechanism.decryptor())
                    .open(shared, iv)
                    .finish(encrypted, 0, encrypted.length);
            assertArrayEquals(message(i), decrypted);
        });
    }
}
