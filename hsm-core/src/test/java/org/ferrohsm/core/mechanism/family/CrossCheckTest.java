// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The table against Bouncy Castle's own implementations, over random data. */
class CrossCheckTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    private static final Provider OTHER = new BouncyCastleProvider();
    private static final MechanismParameters NONE = NoParameters.INSTANCE;
    private static final Pair RSA = Pair.make(
            Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, Ckk.CKK_RSA, Template.builder().put(Cka.CKA_MODULUS_BITS, 2048), "RSA");
    private static final List<Pair> CURVES =
            List.of(Pair.ec("06082a8648ce3d030107"), Pair.ec("06052b81040022"), Pair.ec("06052b81040023"));
    private static final Pair ED25519 = Pair.make(
            Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
            Ckk.CKK_EC_EDWARDS,
            Template.builder().put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex("06032b6570")),
            "Ed25519");

    /** One for each size of domain parameters. */
    private static final List<Pair> DSA = VectorFile.read("dsa/CKM_DSA_KEY_PAIR_GEN.txt").cases().stream()
            .filter(one -> !one.isNegative())
            .map(one -> Pair.dsa(new VectorFields(one.fields())))
            .toList();

    /** A key pair of ours, and the same in the other's hands through its public forms. */
    private record Pair(HsmObject pub, HsmObject priv, PublicKey otherPub, PrivateKey otherPriv) {
        static Pair ec(String oid) {
            return make(
                    Ckm.CKM_EC_KEY_PAIR_GEN,
                    Ckk.CKK_EC,
                    Template.builder().put(Cka.CKA_EC_PARAMS, HexFormat.of().parseHex(oid)),
                    "EC");
        }

        static Pair dsa(VectorFields domain) {
            Template.Builder template = Template.builder();
            domain.attributes().asMap().forEach(template::put);
            return make(Ckm.CKM_DSA_KEY_PAIR_GEN, Ckk.CKK_DSA, template, "DSA");
        }

        static Pair make(long mechanism, long keyType, Template.Builder template, String algorithm) {
            NewKeyPair made = Objects.requireNonNull(TABLE.require(mechanism).keyPairMaker())
                    .make(template.build(), Template.EMPTY, NONE);
            HsmObject pub = TestKeys.object(Cko.CKO_PUBLIC_KEY, keyType, made.publicKey());
            HsmObject priv = TestKeys.object(Cko.CKO_PRIVATE_KEY, keyType, made.privateKey());
            try (SecretBytes serialised = TABLE.codec(keyType).serialise(priv)) {
                KeyFactory factory = KeyFactory.getInstance(algorithm, OTHER);
                byte[] info = TABLE.codec(keyType).publicKeyInfo(pub.attributes());
                return new Pair(
                        pub,
                        priv,
                        factory.generatePublic(new X509EncodedKeySpec(info)),
                        factory.generatePrivate(new PKCS8EncodedKeySpec(serialised.use(byte[]::clone))));
            } catch (GeneralSecurityException e) {
                throw new AssertionError("the other engine does not read the key", e);
            }
        }
    }

    private static byte[] sign(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        Signer signer = Objects.requireNonNull(TABLE.require(type).signer()).open(key, parameters);
        signer.update(data, 0, data.length);
        return signer.sign();
    }

    private static void verify(
            long type, HsmObject key, MechanismParameters parameters, byte[] data, byte[] signature) {
        Verifier verifier =
                Objects.requireNonNull(TABLE.require(type).verifier()).open(key, parameters);
        verifier.update(data, 0, data.length);
        verifier.verify(signature);
    }

    private static byte[] encrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return Objects.requireNonNull(TABLE.require(type).encryptor())
                .open(key, parameters)
                .finish(data, 0, data.length);
    }

    private static byte[] decrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return Objects.requireNonNull(TABLE.require(type).decryptor())
                .open(key, parameters)
                .finish(data, 0, data.length);
    }

    /** Each side signs, the other verifies. */
    private static void bothWays(
            long type,
            Pair pair,
            MechanismParameters parameters,
            String algorithm,
            @org.jspecify.annotations.Nullable AlgorithmParameterSpec spec,
            byte[] data)
            throws GeneralSecurityException {
        Signature other = Signature.getInstance(algorithm, OTHER);
        if (spec != null) {
            other.setParameter(spec);
        }
        bothWays(type, pair, parameters, other, data);
    }

    private static void bothWays(long type, Pair pair, MechanismParameters parameters, Signature other, byte[] data)
            throws GeneralSecurityException {
        other.initVerify(pair.otherPub);
        other.update(data);
        assertTrue(other.verify(sign(type, pair.priv, parameters, data)), "the other refuses our signature");
        other.initSign(pair.otherPriv);
        other.update(data);
        verify(type, pair.pub, parameters, data, other.sign());
    }

    @Property(tries = 20)
    void pkcs1_signatures_are_each_others(@ForAll byte[] data) throws GeneralSecurityException {
        bothWays(Ckm.CKM_SHA1_RSA_PKCS, RSA, NONE, "SHA1withRSA", null, data);
        bothWays(Ckm.CKM_SHA224_RSA_PKCS, RSA, NONE, "SHA224withRSA", null, data);
        bothWays(Ckm.CKM_SHA512_RSA_PKCS, RSA, NONE, "SHA512withRSA", null, data);
    }

    @Property(tries = 40, edgeCases = EdgeCasesMode.MIXIN)
    void pss_signatures_are_each_others(@ForAll byte[] data, @ForAll @IntRange(max = 190) int salt)
            throws GeneralSecurityException {
        PSSParameterSpec spec = new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, salt, 1);
        PssParameters parameters = new PssParameters(Ckm.CKM_SHA512, Ckg.CKG_MGF1_SHA512, salt);
        bothWays(Ckm.CKM_SHA512_RSA_PKCS_PSS, RSA, parameters, "RSASSA-PSS", spec, data);
        byte[] digest = MessageDigest.getInstance("SHA-512", OTHER).digest(data);
        verify(
                Ckm.CKM_SHA512_RSA_PKCS_PSS,
                RSA.pub,
                parameters,
                data,
                sign(Ckm.CKM_RSA_PKCS_PSS, RSA.priv, parameters, digest));
    }

    @Property(tries = 40)
    void oaep_ciphertexts_are_each_others(@ForAll @Size(max = 126) byte[] data, @ForAll byte[] label)
            throws GeneralSecurityException {
        OaepParameters parameters =
                new OaepParameters(Ckm.CKM_SHA512, Ckg.CKG_MGF1_SHA256, Ckz.CKZ_DATA_SPECIFIED, label);
        OAEPParameterSpec spec =
                new OAEPParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(label));
        Cipher other = Cipher.getInstance("RSA/NONE/OAEPPadding", OTHER);
        other.init(Cipher.DECRYPT_MODE, RSA.otherPriv, spec);
        assertArrayEquals(data, other.doFinal(encrypt(Ckm.CKM_RSA_PKCS_OAEP, RSA.pub, parameters, data)));
        other.init(Cipher.ENCRYPT_MODE, RSA.otherPub, spec);
        assertArrayEquals(data, decrypt(Ckm.CKM_RSA_PKCS_OAEP, RSA.priv, parameters, other.doFinal(data)));
    }

    @Property(tries = 40)
    void pkcs1_ciphertexts_are_each_others(@ForAll @Size(max = 245) byte[] data) throws GeneralSecurityException {
        Cipher other = Cipher.getInstance("RSA/NONE/PKCS1Padding", OTHER);
        other.init(Cipher.DECRYPT_MODE, RSA.otherPriv);
        assertArrayEquals(data, other.doFinal(encrypt(Ckm.CKM_RSA_PKCS, RSA.pub, NONE, data)));
        other.init(Cipher.ENCRYPT_MODE, RSA.otherPub);
        assertArrayEquals(data, decrypt(Ckm.CKM_RSA_PKCS, RSA.priv, NONE, other.doFinal(data)));
    }

    @Property(tries = 60)
    void ecdsa_signatures_are_each_others(@ForAll byte[] data, @ForAll @IntRange(max = 2) int curve)
            throws GeneralSecurityException {
        Pair pair = CURVES.get(curve);
        bothWays(Ckm.CKM_ECDSA_SHA1, pair, NONE, "SHA1withPLAIN-ECDSA", null, data);
        bothWays(Ckm.CKM_ECDSA_SHA256, pair, NONE, "SHA256withPLAIN-ECDSA", null, data);
        bothWays(Ckm.CKM_ECDSA_SHA512, pair, NONE, "SHA512withPLAIN-ECDSA", null, data);
    }

    /** Ours are Bouncy Castle's, so that the JDK is the other; it signs no digest that is shorter than the subprime. */
    @Property(tries = 15)
    void dsa_signatures_are_those_of_the_jdk(@ForAll byte[] data) throws GeneralSecurityException {
        for (Pair pair : DSA) {
            bothWays(Ckm.CKM_DSA_SHA256, pair, NONE, Signature.getInstance("SHA256withDSAinP1363Format", "SUN"), data);
            bothWays(Ckm.CKM_DSA_SHA512, pair, NONE, Signature.getInstance("SHA512withDSAinP1363Format", "SUN"), data);
            bothWays(
                    Ckm.CKM_DSA_SHA3_384,
                    pair,
                    NONE,
                    Signature.getInstance("SHA3-384withDSAinP1363Format", "SUN"),
                    data);
        }
    }

    @Property(tries = 40)
    void ed25519_signatures_are_each_others(@ForAll byte[] data) throws GeneralSecurityException {
        bothWays(Ckm.CKM_EDDSA, ED25519, NONE, "Ed25519", null, data);
    }

    @Property(tries = 30)
    void agreed_secrets_are_the_same(@ForAll @IntRange(max = 2) int curve) throws GeneralSecurityException {
        Pair mine = CURVES.get(curve);
        Pair theirs = Pair.ec(HexFormat.of().formatHex(mine.pub.attributes().bytes(Cka.CKA_EC_PARAMS)));
        KeyAgreement other = KeyAgreement.getInstance("ECDH", OTHER);
        other.init(theirs.otherPriv);
        other.doPhase(mine.otherPub, true);
        byte[] expected = other.generateSecret();
        EcdhParameters parameters = new EcdhParameters(
                Ckd.CKD_NULL, new byte[0], theirs.pub.attributes().bytes(Cka.CKA_EC_POINT));
        var derived = Objects.requireNonNull(TABLE.require(Ckm.CKM_ECDH1_DERIVE).deriver())
                .derive(mine.priv, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters);
        assertArrayEquals(
                expected,
                Objects.requireNonNull(derived.secrets().get(Cka.CKA_VALUE)).use(byte[]::clone));
    }

    @Property(tries = 100)
    void aes_and_macs_are_the_same(
            @ForAll byte[] data, @ForAll @Size(16) byte[] iv, @ForAll @Size(min = 1, max = 200) byte[] value)
            throws GeneralSecurityException {
        SecretKeySpec otherKey = new SecretKeySpec(java.util.Arrays.copyOf(value, 24), "AES");
        HsmObject key = TestKeys.secret(Ckk.CKK_AES, otherKey.getEncoded());
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding", OTHER);
        gcm.init(Cipher.ENCRYPT_MODE, otherKey, new GCMParameterSpec(120, iv));
        gcm.updateAAD(value);
        assertArrayEquals(gcm.doFinal(data), encrypt(Ckm.CKM_AES_GCM, key, new GcmParameters(iv, value, 120), data));
        Cipher cbc = Cipher.getInstance("AES/CBC/PKCS7Padding", OTHER);
        cbc.init(Cipher.ENCRYPT_MODE, otherKey, new IvParameterSpec(iv));
        assertArrayEquals(cbc.doFinal(data), encrypt(Ckm.CKM_AES_CBC_PAD, key, new RawParameters(iv), data));
        Mac mac = Mac.getInstance("HmacSHA384", OTHER);
        mac.init(new SecretKeySpec(value, "HMAC"));
        assertArrayEquals(
                mac.doFinal(data),
                sign(Ckm.CKM_SHA384_HMAC, TestKeys.secret(Ckk.CKK_GENERIC_SECRET, value), NONE, data));
    }
}
