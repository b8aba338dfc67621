// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.Encapsulator;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lattices against the JDK's own implementation, which came with 24; only public keys are exchanged. */
@EnabledForJreRange(min = JRE.JAVA_24)
class JdkLatticeTest {
    private static final NoParameters NONE = NoParameters.INSTANCE;

    private static ForeignPair ours(long mechanism, long keyType, long set) {
        return ForeignPair.make(
                mechanism,
                keyType,
                Template.builder().put(Cka.CKA_PARAMETER_SET, set).build());
    }

    private static PublicKey forTheJdk(ForeignPair pair, String algorithm) throws GeneralSecurityException {
        byte[] info = HexFormat.of().parseHex(pair.publicInfo());
        return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(info));
    }

    private static HsmObject forUs(PublicKey key, long keyType, long set) {
        byte[] value = SubjectPublicKeyInfo.getInstance(key.getEncoded())
                .getPublicKeyData()
                .getOctets();
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_PARAMETER_SET, set)
                .put(Cka.CKA_VALUE, value)
                .build();
        return VectorRunner.bringIn(Rows.TABLE, Cko.CKO_PUBLIC_KEY, keyType, attributes);
    }

    @ParameterizedTest
    @CsvSource({"ML-DSA-44, 1", "ML-DSA-65, 2", "ML-DSA-87, 3"})
    void what_one_signs_the_other_verifies(String name, long set) throws GeneralSecurityException {
        byte[] data = Rows.random(new Random(set), 100);
        ForeignPair pair = ours(Ckm.CKM_ML_DSA_KEY_PAIR_GEN, Ckk.CKK_ML_DSA, set);
        Signature verifier = Signature.getInstance(name);
        verifier.initVerify(forTheJdk(pair, name));
        verifier.update(data);
        assertTrue(verifier.verify(Rows.sign(Ckm.CKM_ML_DSA, pair.priv(), NONE, data)));

        KeyPair theirs = KeyPairGenerator.getInstance(name).generateKeyPair();
        Signature signer = Signature.getInstance(name);
        signer.initSign(theirs.getPrivate());
        signer.update(data);
        HsmObject pub = forUs(theirs.getPublic(), Ckk.CKK_ML_DSA, set);
        Rows.verify(Ckm.CKM_ML_DSA, pub, NONE, data, signer.sign());
    }

    @ParameterizedTest
    @CsvSource({"ML-KEM-512, 1", "ML-KEM-768, 2", "ML-KEM-1024, 3"})
    void what_one_encapsulates_the_other_decapsulates(String name, long set) throws Exception {
        Encapsulator encapsulator =
                Objects.requireNonNull(Rows.TABLE.require(Ckm.CKM_ML_KEM).encapsulator());
        ForeignPair pair = ours(Ckm.CKM_ML_KEM_KEY_PAIR_GEN, Ckk.CKK_ML_KEM, set);
        Object sealed = jdk("newEncapsulator", PublicKey.class, forTheJdk(pair, name), "encapsulate");
        byte[] ciphertext =
                (byte[]) sealed.getClass().getMethod("encapsulation").invoke(sealed);
        Key secret = (Key) sealed.getClass().getMethod("key").invoke(sealed);
        assertArrayEquals(
                secret.getEncoded(),
                Rows.value(encapsulator.decapsulate(
                        pair.priv(), ciphertext, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, NONE)));

        KeyPair theirs = KeyPairGenerator.getInstance(name).generateKeyPair();
        HsmObject pub = forUs(theirs.getPublic(), Ckk.CKK_ML_KEM, set);
        var made = encapsulator.encapsulate(pub, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, NONE);
        Key opened =
                (Key) jdk("newDecapsulator", PrivateKey.class, theirs.getPrivate(), "decapsulate", made.ciphertext());
        assertArrayEquals(opened.getEncoded(), Rows.value(made.key()));
    }

    /** Calls javax.crypto.KEM, which Java 17 does not have. */
    private static Object jdk(String maker, Class<?> keyType, Key key, String step, Object... arguments)
            throws ReflectiveOperationException {
        Class<?> kem = Class.forName("javax.crypto.KEM");
        Object instance = kem.getMethod("getInstance", String.class).invoke(null, "ML-KEM");
        Object half = kem.getMethod(maker, keyType).invoke(instance, key);
        Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {byte[].class};
        return half.getClass().getMethod(step, types).invoke(half, arguments);
    }
}
