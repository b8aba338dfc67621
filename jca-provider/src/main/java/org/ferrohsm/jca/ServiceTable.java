// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.engine.AesCipher;
import org.ferrohsm.jca.engine.AesMode;
import org.ferrohsm.jca.engine.AesWrapCipher;
import org.ferrohsm.jca.engine.EcPairSizes;
import org.ferrohsm.jca.engine.EcdsaScheme;
import org.ferrohsm.jca.engine.EdwardsScheme;
import org.ferrohsm.jca.engine.FerroAlgorithmParameters;
import org.ferrohsm.jca.engine.FerroKeyAgreement;
import org.ferrohsm.jca.engine.FerroKeyFactory;
import org.ferrohsm.jca.engine.FerroKeyGenerator;
import org.ferrohsm.jca.engine.FerroKeyPairGenerator;
import org.ferrohsm.jca.engine.FerroMac;
import org.ferrohsm.jca.engine.FerroMessageDigest;
import org.ferrohsm.jca.engine.FerroSecretKeyFactory;
import org.ferrohsm.jca.engine.FerroSecureRandom;
import org.ferrohsm.jca.engine.FerroSignature;
import org.ferrohsm.jca.engine.HashAlgorithm;
import org.ferrohsm.jca.engine.MacAlgorithm;
import org.ferrohsm.jca.engine.OctetPairSizes;
import org.ferrohsm.jca.engine.PairSizes;
import org.ferrohsm.jca.engine.RsaCipher;
import org.ferrohsm.jca.engine.RsaPadding;
import org.ferrohsm.jca.engine.RsaPairSizes;
import org.ferrohsm.jca.engine.RsaPkcs1Scheme;
import org.ferrohsm.jca.engine.RsaPssScheme;
import org.ferrohsm.jca.engine.SignatureScheme;
import org.ferrohsm.jca.key.EcOpaqueKey;
import org.ferrohsm.jca.key.EdwardsOpaqueKey;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.MontgomeryOpaqueKey;
import org.ferrohsm.jca.key.OctetCurve;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.key.RsaOpaqueKey;
import org.ferrohsm.jca.keystore.FerroKeyStore;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/** Every service of the provider. */
final class ServiceTable {
    private static final String KEY_CLASSES = "SupportedKeyClasses";
    private static final List<String> NO_ALIASES = List.of();
    private static final Map<String, String> NO_ATTRIBUTES = Map.of();

    /** The platform does not have these names: nobody else would verify under them. */
    private static final Map<String, String> ALSO_RSA_PUBLIC_KEYS =
            Map.of(KEY_CLASSES, RsaOpaqueKey.class.getName() + "|" + RSAPublicKey.class.getName());

    private final List<ServiceRow> rows = new ArrayList<>();

    private ServiceTable() {}

    /** All rows; {@code pkcs11Alias} lets the key store answer to PKCS11 as well. */
    static List<ServiceRow> rows(boolean pkcs11Alias) {
        ServiceTable table = new ServiceTable();
        table.keyStore(pkcs11Alias);
        table.rsaSignatures();
        table.ecSignatures();
        table.edwardsSignatures();
        table.ciphers();
        table.hashes();
        table.generators();
        table.factories();
        table.parameters();
        return List.copyOf(table.rows);
    }

    private void keyStore(boolean pkcs11Alias) {
        rows.add(new ServiceRow(
                "KeyStore",
                "FERROHSM",
                List.of(),
                pkcs11Alias ? List.of("PKCS11") : NO_ALIASES,
                NO_ATTRIBUTES,
                FerroKeyStore::new));
    }

    private void rsaSignatures() {
        signature("NONEwithRSA", Ckm.CKM_RSA_PKCS, new RsaPkcs1Scheme(Ckm.CKM_RSA_PKCS), NO_ALIASES);
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            long pkcs1 = hash.mechanisms().rsaPkcs();
            signature(hash.shortName() + "withRSA", pkcs1, new RsaPkcs1Scheme(pkcs1), NO_ALIASES);
            rows.add(new ServiceRow(
                    "Signature",
                    hash.shortName() + "withRSASSA-PSS",
                    List.of(hash.mechanisms().rsaPss()),
                    List.of(hash.shortName() + "withRSAandMGF1", hash.shortName() + "withRSA/PSS"),
                    ALSO_RSA_PUBLIC_KEYS,
                    source -> new FerroSignature(new RsaPssScheme(hash), source)));
        }
        rows.add(keyed(
                "Signature",
                "RSASSA-PSS",
                Stream.of(HashAlgorithm.values())
                        .map(hash -> hash.mechanisms().rsaPss())
                        .toList(),
                List.of("1.2.840.113549.1.1.10", "OID.1.2.840.113549.1.1.10"),
                RsaOpaqueKey.class,
                source -> new FerroSignature(new RsaPssScheme(null), source)));
    }

    private void ecSignatures() {
        ecdsa("NONEwithECDSA", Ckm.CKM_ECDSA);
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            ecdsa(hash.shortName() + "withECDSA", hash.mechanisms().ecdsa());
        }
    }

    private void ecdsa(String name, long mechanism) {
        signature(name, mechanism, new EcdsaScheme(mechanism, true), NO_ALIASES);
        signature(name + "inP1363Format", mechanism, new EcdsaScheme(mechanism, false), NO_ALIASES);
    }

    private void edwardsSignatures() {
        signature(
                "Ed25519",
                Ckm.CKM_EDDSA,
                new EdwardsScheme(OctetCurve.ED25519),
                List.of("1.3.101.112", "OID.1.3.101.112"));
        signature(
                "Ed448", Ckm.CKM_EDDSA, new EdwardsScheme(OctetCurve.ED448), List.of("1.3.101.113", "OID.1.3.101.113"));
        signature("EdDSA", Ckm.CKM_EDDSA, new EdwardsScheme(null), NO_ALIASES);
    }

    private void signature(String name, long mechanism, SignatureScheme scheme, List<String> aliases) {
        Class<? extends OpaqueKey> keyClass = switch (scheme.kind()) {
            case RSA -> RsaOpaqueKey.class;
            case EC -> EcOpaqueKey.class;
            default -> EdwardsOpaqueKey.class;
        };
        rows.add(keyed(
                "Signature",
                name,
                List.of(mechanism),
                aliases,
                keyClass,
                source -> new FerroSignature(scheme, source)));
    }

    private void ciphers() {
        aes("AES/ECB/NoPadding", Ckm.CKM_AES_ECB, AesMode.ECB);
        aes("AES/CBC/NoPadding", Ckm.CKM_AES_CBC, AesMode.CBC);
        aes("AES/CBC/PKCS5Padding", Ckm.CKM_AES_CBC_PAD, AesMode.CBC_PADDED);
        aes("AES/CTR/NoPadding", Ckm.CKM_AES_CTR, AesMode.CTR);
        aes("AES/CFB/NoPadding", Ckm.CKM_AES_CFB128, AesMode.CFB);
        aes("AES/CFB8/NoPadding", Ckm.CKM_AES_CFB8, AesMode.CFB8);
        aes("AES/OFB/NoPadding", Ckm.CKM_AES_OFB, AesMode.OFB);
        aes("AES/CCM/NoPadding", Ckm.CKM_AES_CCM, AesMode.CCM);
        aes("AES/GCM/NoPadding", Ckm.CKM_AES_GCM, AesMode.GCM);
        aesWrap("AES/KW/NoPadding", Ckm.CKM_AES_KEY_WRAP, List.of("AESWrap"));
        aesWrap("AES/KWP/NoPadding", Ckm.CKM_AES_KEY_WRAP_KWP, List.of("AESWrapPad"));
        rsa("RSA/ECB/PKCS1Padding", Ckm.CKM_RSA_PKCS, RsaPadding.pkcs1(), List.of("RSA"));
        rsa("RSA/ECB/OAEPPadding", Ckm.CKM_RSA_PKCS_OAEP, RsaPadding.oaep(HashAlgorithm.SHA1), NO_ALIASES);
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            String name = "RSA/ECB/OAEPWith" + hash.digestName() + "AndMGF1Padding";
            String shortName = "RSA/ECB/OAEPWith" + hash.shortName() + "AndMGF1Padding";
            rsa(name, Ckm.CKM_RSA_PKCS_OAEP, RsaPadding.oaep(hash), List.of(shortName));
        }
    }

    private void aes(String transformation, long mechanism, AesMode mode) {
        rows.add(keyed(
                "Cipher",
                transformation,
                List.of(mechanism),
                NO_ALIASES,
                OpaqueSecretKey.class,
                source -> new AesCipher(mode)));
    }

    private void aesWrap(String transformation, long mechanism, List<String> aliases) {
        rows.add(keyed(
                "Cipher",
                transformation,
                List.of(mechanism),
                aliases,
                OpaqueSecretKey.class,
                source -> new AesWrapCipher(mechanism)));
    }

    private void rsa(String transformation, long mechanism, RsaPadding padding, List<String> aliases) {
        rows.add(keyed(
                "Cipher",
                transformation,
                List.of(mechanism),
                aliases,
                RsaOpaqueKey.class,
                source -> new RsaCipher(padding, source)));
    }

    private void hashes() {
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            rows.add(plain(
                    "MessageDigest",
                    hash.digestName(),
                    List.of(hash.mechanisms().digest()),
                    List.of(hash.shortName()),
                    source -> new FerroMessageDigest(hash, source)));
        }
        MacAlgorithm.hmacs().forEach(this::mac);
        mac(MacAlgorithm.AES_CMAC);
        rows.add(new ServiceRow(
                "SecureRandom",
                FerroHsmProvider.NAME,
                List.of(),
                NO_ALIASES,
                Map.of("ThreadSafe", "true"),
                FerroSecureRandom::new));
    }

    private void mac(MacAlgorithm mac) {
        rows.add(keyed(
                "Mac",
                mac.name(),
                List.of(mac.mechanism()),
                NO_ALIASES,
                OpaqueSecretKey.class,
                source -> new FerroMac(mac)));
    }

    private void generators() {
        pairs("RSA", Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, new RsaPairSizes());
        pairs("RSASSA-PSS", Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN, new RsaPairSizes());
        pairs("EC", Ckm.CKM_EC_KEY_PAIR_GEN, new EcPairSizes());
        octetPairs("EdDSA", OctetCurve.ED25519, OctetCurve.ED448);
        octetPairs("Ed25519", OctetCurve.ED25519, null);
        octetPairs("Ed448", OctetCurve.ED448, null);
        octetPairs("XDH", OctetCurve.X25519, OctetCurve.X448);
        octetPairs("X25519", OctetCurve.X25519, null);
        octetPairs("X448", OctetCurve.X448, null);
        rows.add(plain("KeyGenerator", "AES", List.of(Ckm.CKM_AES_KEY_GEN), NO_ALIASES, FerroKeyGenerator::aes));
        for (MacAlgorithm hmac : MacAlgorithm.hmacs()) {
            rows.add(plain(
                    "KeyGenerator",
                    hmac.name(),
                    List.of(Ckm.CKM_GENERIC_SECRET_KEY_GEN),
                    NO_ALIASES,
                    source -> FerroKeyGenerator.hmac(hmac, source)));
        }
        agreement("ECDH", EcOpaqueKey.class, FerroKeyAgreement::ecdh);
        agreement("XDH", MontgomeryOpaqueKey.class, () -> FerroKeyAgreement.xdh(null));
        agreement("X25519", MontgomeryOpaqueKey.class, () -> FerroKeyAgreement.xdh(OctetCurve.X25519));
        agreement("X448", MontgomeryOpaqueKey.class, () -> FerroKeyAgreement.xdh(OctetCurve.X448));
    }

    private void agreement(String name, Class<? extends OpaqueKey> keyClass, Supplier<FerroKeyAgreement> engine) {
        rows.add(keyed(
                "KeyAgreement", name, List.of(Ckm.CKM_ECDH1_DERIVE), NO_ALIASES, keyClass, source -> engine.get()));
    }

    private void octetPairs(String algorithm, OctetCurve first, @Nullable OctetCurve second) {
        long mechanism =
                first.kind() == KeyKind.EDWARDS ? Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN : Ckm.CKM_EC_MONTGOMERY_KEY_PAIR_GEN;
        pairs(algorithm, mechanism, new OctetPairSizes(first, second));
    }

    private void pairs(String algorithm, long mechanism, PairSizes sizes) {
        rows.add(plain(
                "KeyPairGenerator",
                algorithm,
                List.of(mechanism),
                NO_ALIASES,
                source -> new FerroKeyPairGenerator(sizes, source)));
    }

    private void factories() {
        keys("RSA");
        keys("RSASSA-PSS");
        keys("EC");
        keys("EdDSA");
        keys("Ed25519");
        keys("Ed448");
        keys("XDH");
        keys("X25519");
        keys("X448");
        secretKeys("AES");
        secretKeys("Generic");
        MacAlgorithm.hmacs().forEach(hmac -> secretKeys(hmac.name()));
    }

    private void keys(String algorithm) {
        rows.add(plain(
                "KeyFactory", algorithm, List.of(), NO_ALIASES, source -> new FerroKeyFactory(algorithm, source)));
    }

    private void secretKeys(String algorithm) {
        KeyKind kind = KeyKind.ofSecret(algorithm);
        rows.add(plain(
                "SecretKeyFactory",
                algorithm,
                List.of(),
                NO_ALIASES,
                source -> new FerroSecretKeyFactory(kind, source)));
    }

    private void parameters() {
        for (String algorithm : new String[] {"AES", "GCM", "EC", "OAEP", "RSASSA-PSS"}) {
            rows.add(plain(
                    "AlgorithmParameters",
                    algorithm,
                    List.of(),
                    NO_ALIASES,
                    source -> new FerroAlgorithmParameters(algorithm)));
        }
    }

    private static ServiceRow plain(
            String type,
            String algorithm,
            List<Long> mechanisms,
            List<String> aliases,
            Function<TokenSource, Object> constructor) {
        return new ServiceRow(type, algorithm, mechanisms, aliases, NO_ATTRIBUTES, constructor);
    }

    /**
     * A row that takes keys. Naming their class, and no format, lets delayed selection pass over this provider for every
     * key that is not the token's.
     */
    private static ServiceRow keyed(
            String type,
            String algorithm,
            List<Long> mechanisms,
            List<String> aliases,
            Class<? extends OpaqueKey> keyClass,
            Function<TokenSource, Object> constructor) {
        return new ServiceRow(
                type, algorithm, mechanisms, aliases, Map.of(KEY_CLASSES, keyClass.getName()), constructor);
    }
}
