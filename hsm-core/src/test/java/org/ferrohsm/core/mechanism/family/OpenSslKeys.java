// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.OpenSsl.NO_PARAMETERS;
import static org.ferrohsm.core.mechanism.family.OpenSsl.bytes;
import static org.ferrohsm.core.mechanism.family.OpenSsl.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;

/** Signatures, public-key encryption, agreement and key pairs against OpenSSL. */
final class OpenSslKeys {
    private static final MechanismParameters NONE = NoParameters.INSTANCE;
    private static final String DH = "dh/CKM_DH_PKCS_KEY_PAIR_GEN.txt";
    private static final String X942_DH = "dh/CKM_X9_42_DH_KEY_PAIR_GEN.txt";
    private static final String PKCS1 = "pad-mode=pkcs1";
    private static final String RAW = "pad-mode=none";
    private static final String NO_DIGEST = "-";

    private final List<ForeignPair> rsa = List.of(ForeignPair.make(
            Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
            Ckk.CKK_RSA,
            Template.builder().put(Cka.CKA_MODULUS_BITS, 2048).build()));
    private final List<ForeignPair> curves = ForeignPair.ofVectors("ec/CKM_EC_KEY_PAIR_GEN.txt");
    private final List<ForeignPair> edwards = ForeignPair.ofVectors("edwards/CKM_EC_EDWARDS_KEY_PAIR_GEN.txt");
    private final List<ForeignPair> montgomery = ForeignPair.ofVectors("edwards/CKM_EC_MONTGOMERY_KEY_PAIR_GEN.txt");
    private final List<ForeignPair> dsa = ForeignPair.ofVectors("dsa/CKM_DSA_KEY_PAIR_GEN.txt");

    Map<String, OpenSslCheck> checks() {
        Map<String, OpenSslCheck> checks = new TreeMap<>();
        OpenSslDigests.names().forEach((digest, name) -> {
            checks.put("CKM_" + digest + "_RSA_PKCS", signatures(rsa, name));
            checks.put(
                    "CKM_" + digest + "_RSA_PKCS_PSS", (type, other, random) -> pss(type, other, random, digest, name));
            checks.put("CKM_ECDSA_" + digest, pairsOfNumbers(curves, name));
            checks.put("CKM_DSA_" + digest, pairsOfNumbers(dsa, name));
        });
        checks.keySet().retainAll(Rows.byName().keySet());
        checks.put("CKM_ECDSA", plainPairsOfNumbers(curves));
        checks.put("CKM_DSA", plainPairsOfNumbers(dsa));
        checks.put("CKM_EDDSA", signatures(edwards, NO_DIGEST));
        checks.put("CKM_RSA_PKCS", this::pkcs1);
        checks.put("CKM_RSA_X_509", this::rawRsa);
        checks.put("CKM_RSA_PKCS_PSS", this::plainPss);
        checks.put("CKM_RSA_PKCS_OAEP", this::oaep);
        checks.put("CKM_RSA_AES_KEY_WRAP", this::rsaAesWrap);
        checks.put("CKM_ECDH1_DERIVE", (type, other, random) -> {
            agree(type, other, random, curves);
            agree(type, other, random, montgomery);
        });
        checks.put("CKM_ECDH1_COFACTOR_DERIVE", (type, other, random) -> agree(type, other, random, curves));
        checks.put("CKM_DH_PKCS_DERIVE", finiteField(DH, RawParameters::new));
        checks.put(
                "CKM_X9_42_DH_DERIVE",
                finiteField(X942_DH, value -> new EcdhParameters(Ckd.CKD_NULL, OpenSsl.NOTHING, value)));
        checks.put("CKM_RSA_PKCS_KEY_PAIR_GEN", (type, other, random) -> wellMade(other, rsa));
        checks.put("CKM_DSA_KEY_PAIR_GEN", made("dsa"));
        checks.put("CKM_DH_PKCS_KEY_PAIR_GEN", made("dh"));
        checks.put("CKM_X9_42_DH_KEY_PAIR_GEN", made("dh"));
        checks.put("CKM_EC_KEY_PAIR_GEN", made("ec"));
        checks.put("CKM_EC_KEY_PAIR_GEN_W_EXTRA_BITS", made("ec"));
        checks.put("CKM_EC_EDWARDS_KEY_PAIR_GEN", made("edwards"));
        checks.put("CKM_EC_MONTGOMERY_KEY_PAIR_GEN", made("edwards"));
        return checks;
    }

    private static OpenSslCheck made(String folder) {
        return (type, other, random) -> wellMade(other, ForeignPair.ofVectors(folder + "/" + Ckm.name(type) + ".txt"));
    }

    private static void wellMade(OpenSsl other, List<ForeignPair> pairs) {
        for (ForeignPair pair : pairs) {
            assertTrue(other.agrees("check", pair.privateInfo(), pair.publicInfo()), pair.publicInfo());
        }
    }

    private static byte[] anyData(Random random) {
        return Rows.random(random, random.nextInt(200));
    }

    private static OpenSslCheck signatures(List<ForeignPair> pairs, String digest) {
        return (type, other, random) -> {
            for (ForeignPair pair : pairs) {
                signature(type, other, random, pair, NONE, digest, NO_PARAMETERS);
            }
        };
    }

    private static void signature(
            long type,
            OpenSsl other,
            Random random,
            ForeignPair pair,
            MechanismParameters parameters,
            String digest,
            String words) {
        byte[] data = anyData(random);
        String ours = hex(Rows.sign(type, pair.priv(), parameters, data));
        assertTrue(other.agrees("verify", pair.publicInfo(), digest, words, hex(data), ours), "our signature");
        byte[] theirs = other.call("sign", pair.privateInfo(), digest, words, hex(data));
        Rows.verify(type, pair.pub(), parameters, data, theirs);
    }

    private static OpenSslCheck pairsOfNumbers(List<ForeignPair> pairs, String digest) {
        return (type, other, random) -> {
            for (ForeignPair pair : pairs) {
                byte[] data = anyData(random);
                byte[] ours = Rows.sign(type, pair.priv(), NONE, data);
                String der = hex(ForeignPair.sequence(ours));
                assertTrue(other.agrees("verify", pair.publicInfo(), digest, NO_PARAMETERS, hex(data), der), "ours");
                byte[] theirs = other.call("sign", pair.privateInfo(), digest, NO_PARAMETERS, hex(data));
                Rows.verify(type, pair.pub(), NONE, data, ForeignPair.numbers(theirs, ours.length / 2));
            }
        };
    }

    private static OpenSslCheck plainPairsOfNumbers(List<ForeignPair> pairs) {
        return (type, other, random) -> {
            for (ForeignPair pair : pairs) {
                byte[] digest = Rows.random(random, 20);
                byte[] ours = Rows.sign(type, pair.priv(), NONE, digest);
                String der = hex(ForeignPair.sequence(ours));
                assertTrue(other.agrees("verify-plain", pair.publicInfo(), NO_PARAMETERS, hex(digest), der), "ours");
                byte[] theirs = other.call("sign-plain", pair.privateInfo(), NO_PARAMETERS, hex(digest));
                Rows.verify(type, pair.pub(), NONE, digest, ForeignPair.numbers(theirs, ours.length / 2));
            }
        };
    }

    private void pss(long type, OpenSsl other, Random random, DigestAlgorithm digest, String name) {
        int salt = random.nextInt(60);
        PssParameters parameters = new PssParameters(digest.digest(), mask(digest), salt);
        String words = "pad-mode=pss,saltlen=" + salt + ",mgf1-digest=" + name;
        signature(type, other, random, rsa.get(0), parameters, name, words);
    }

    private static long mask(DigestAlgorithm digest) {
        return VectorNumbers.of("CKG_MGF1_" + digest.name());
    }

    private void plainPss(long type, OpenSsl other, Random random) {
        byte[] digest = Rows.random(random, 48);
        String words = "digest=SHA384,pad-mode=pss,saltlen=20,mgf1-digest=SHA256";
        PssParameters parameters = new PssParameters(Ckm.CKM_SHA384, mask(DigestAlgorithm.SHA256), 20);
        ForeignPair pair = rsa.get(0);
        String ours = hex(Rows.sign(type, pair.priv(), parameters, digest));
        assertTrue(other.agrees("verify-plain", pair.publicInfo(), words, hex(digest), ours), "our signature");
        byte[] theirs = other.call("sign-plain", pair.privateInfo(), words, hex(digest));
        Rows.verify(type, pair.pub(), parameters, digest, theirs);
    }

    private void pkcs1(long type, OpenSsl other, Random random) {
        byte[] data = Rows.random(random, random.nextInt(245));
        signed(type, other, PKCS1, data);
        encrypted(type, other, PKCS1, NONE, data);
    }

    private void rawRsa(long type, OpenSsl other, Random random) {
        byte[] data = Rows.random(random, 256);
        data[0] = 0;
        signed(type, other, RAW, data);
        encrypted(type, other, RAW, NONE, data);
    }

    /** Signatures that are the same, and give the data back. */
    private void signed(long type, OpenSsl other, String words, byte[] data) {
        ForeignPair pair = rsa.get(0);
        byte[] signature = other.call("sign-plain", pair.privateInfo(), words, hex(data));
        assertArrayEquals(signature, Rows.sign(type, pair.priv(), NONE, data));
        Rows.verify(type, pair.pub(), NONE, data, signature);
        var row = Rows.TABLE.require(type);
        assertArrayEquals(signature, Rows.whole(row.signRecoverer(), pair.priv(), NONE, data));
        assertArrayEquals(data, Rows.whole(row.verifyRecoverer(), pair.pub(), NONE, signature));
        assertArrayEquals(data, other.call("recover", pair.publicInfo(), words, hex(signature)));
    }

    private void encrypted(long type, OpenSsl other, String words, MechanismParameters parameters, byte[] data) {
        ForeignPair pair = rsa.get(0);
        byte[] theirs = other.call("encrypt", pair.publicInfo(), words, hex(data));
        assertArrayEquals(data, Rows.decrypt(type, pair.priv(), parameters, theirs));
        byte[] ours = Rows.encrypt(type, pair.pub(), parameters, data);
        assertArrayEquals(data, other.call("decrypt", pair.privateInfo(), words, hex(ours)));
    }

    /** Every digest that OAEP takes, with another for the mask. */
    private void oaep(long type, OpenSsl other, Random random) {
        List<DigestAlgorithm> digests = OpenSslDigests.names().keySet().stream()
                .filter(digest ->
                        digest.name().startsWith("SHA") && !digest.name().startsWith("SHA512_"))
                .toList();
        for (DigestAlgorithm digest : digests) {
            DigestAlgorithm mask = digests.get(random.nextInt(digests.size()));
            byte[] label = Rows.random(random, 1 + random.nextInt(40));
            byte[] data = Rows.random(random, random.nextInt(254 - 2 * digest.length()));
            encrypted(type, other, oaep(digest, mask, label), oaepParameters(digest, mask, label), data);
        }
    }

    private static String oaep(DigestAlgorithm digest, DigestAlgorithm mask, byte[] label) {
        return "pad-mode=oaep,digest=" + digest.digestName() + ",mgf1-digest=" + mask.digestName() + ","
                + bytes("oaep-label", label);
    }

    private static OaepParameters oaepParameters(DigestAlgorithm digest, DigestAlgorithm mask, byte[] label) {
        return new OaepParameters(digest.digest(), mask(mask), Ckz.CKZ_DATA_SPECIFIED, label);
    }

    /** An AES key by OAEP, then the value by that key. */
    private void rsaAesWrap(long type, OpenSsl other, Random random) {
        ForeignPair pair = rsa.get(0);
        byte[] label = Rows.random(random, 8);
        byte[] value = Rows.random(random, 1 + random.nextInt(80));
        String words = oaep(DigestAlgorithm.SHA256, DigestAlgorithm.SHA256, label);
        RsaAesWrapParameters parameters =
                new RsaAesWrapParameters(256, oaepParameters(DigestAlgorithm.SHA256, DigestAlgorithm.SHA256, label));
        byte[] ours = Rows.wrap(type, pair.pub(), value, parameters);
        byte[] key = other.call("decrypt", pair.privateInfo(), words, hex(Arrays.copyOf(ours, 256)));
        byte[] wrapped = Arrays.copyOfRange(ours, 256, ours.length);
        assertArrayEquals(value, padWrapped(other, false, key, wrapped));
        byte[] theirs = other.call("encrypt", pair.publicInfo(), words, hex(key));
        byte[] whole = org.bouncycastle.util.Arrays.concatenate(theirs, padWrapped(other, true, key, value));
        assertArrayEquals(value, Rows.unwrap(type, pair.priv(), whole, parameters));
    }

    private static byte[] padWrapped(OpenSsl other, boolean wraps, byte[] key, byte[] data) {
        return other.cipher("AES-256-WRAP-PAD", wraps, key, OpenSsl.NOTHING, NO_PARAMETERS, 0, OpenSsl.NOTHING, data);
    }

    /** Two pairs on each curve agree, without a derivation and with one. */
    private static void agree(long type, OpenSsl other, Random random, List<ForeignPair> pairs) {
        for (ForeignPair pair : pairs) {
            ForeignPair peer = pairs.stream()
                    .filter(one -> Arrays.equals(params(one), params(pair)))
                    .reduce((first, second) -> second)
                    .orElseThrow();
            byte[] point = peer.pub().attributes().bytes(Cka.CKA_EC_POINT);
            byte[] secret = other.call("agree", pair.privateInfo(), peer.publicInfo(), NO_PARAMETERS);
            assertArrayEquals(
                    secret,
                    Rows.derive(
                            type,
                            pair.priv(),
                            Template.EMPTY,
                            Ckk.CKK_GENERIC_SECRET,
                            new EcdhParameters(Ckd.CKD_NULL, OpenSsl.NOTHING, point)));
            byte[] shared = Rows.random(random, 1 + random.nextInt(40));
            String words = String.join(",", "digest=SHA384", bytes("secret", secret), bytes("info", shared));
            assertArrayEquals(
                    other.kdf("X963KDF", words, 60),
                    Rows.derive(
                            type,
                            pair.priv(),
                            Rows.length(60),
                            Ckk.CKK_GENERIC_SECRET,
                            new EcdhParameters(Ckd.CKD_SHA384_KDF, shared, point)));
        }
    }

    private static byte[] params(ForeignPair pair) {
        return pair.pub().attributes().bytes(Cka.CKA_EC_PARAMS);
    }

    /** Two pairs in each group agree. */
    private static OpenSslCheck finiteField(String pairs, Function<byte[], MechanismParameters> parameters) {
        return (type, other, random) -> {
            List<ForeignPair> theirs = ForeignPair.ofVectors(pairs);
            for (ForeignPair mine : ForeignPair.ofVectors(pairs)) {
                ForeignPair peer = theirs.stream()
                        .filter(one -> Arrays.equals(prime(one), prime(mine)))
                        .findFirst()
                        .orElseThrow();
                byte[] secret = other.call("agree", peer.privateInfo(), mine.publicInfo(), "pad=1");
                byte[] value = peer.pub().attributes().bytes(Cka.CKA_VALUE);
                MechanismParameters given = parameters.apply(value);
                assertArrayEquals(
                        secret, Rows.derive(type, mine.priv(), Template.EMPTY, Ckk.CKK_GENERIC_SECRET, given));
            }
        };
    }

    private static byte[] prime(ForeignPair pair) {
        return pair.pub().attributes().bytes(Cka.CKA_PRIME);
    }
}
