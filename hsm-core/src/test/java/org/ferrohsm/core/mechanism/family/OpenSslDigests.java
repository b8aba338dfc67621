// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.OpenSsl.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.PbeParameters;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Digests, HMACs and the derivations over them against OpenSSL. */
final class OpenSslDigests {
    private static final MechanismParameters NONE = NoParameters.INSTANCE;

    /** What a password gives (RFC 7292 appendix B.3). */
    private static final int PKCS12_KEY = 1;

    private static final int PKCS12_IV = 2;
    private static final int PKCS12_MAC = 3;

    private OpenSslDigests() {}

    /** OpenSSL's name of a digest, if it has it: of BLAKE2b it has the longest alone. */
    static Map<DigestAlgorithm, String> names() {
        Map<DigestAlgorithm, String> names = new TreeMap<>();
        for (DigestAlgorithm digest : DigestAlgorithm.all()) {
            if (!digest.name().startsWith("BLAKE2B") || digest == DigestAlgorithm.BLAKE2B_512) {
                names.put(digest, digest.digestName().replace("SHA-512/", "SHA512-"));
            }
        }
        return names;
    }

    static Map<String, OpenSslCheck> checks() {
        Map<String, OpenSslCheck> checks = new TreeMap<>();
        names().forEach((digest, name) -> {
            checks.put(Ckm.name(digest.digest()), (type, other, random) -> {
                byte[] data = Rows.random(random, random.nextInt(300));
                assertArrayEquals(other.digest(name, 0, data), Rows.digest(type, data));
            });
            checks.put(
                    Ckm.name(digest.hmac()),
                    (type, other, random) -> hmac(type, other, random, name, NONE, digest.length()));
            checks.put(Ckm.name(digest.generalHmac()), (type, other, random) -> {
                int length = OpenSslCheck.macLength(random, digest.length());
                hmac(type, other, random, name, new MacLengthParameters(length), length);
            });
            if (digest.keyDerivation() != DigestAlgorithm.NONE) {
                checks.put(Ckm.name(digest.keyDerivation()), (type, other, random) -> {
                    byte[] key = Rows.random(random, 1 + random.nextInt(100));
                    derived(type, key, Template.EMPTY, NONE, other.digest(name, 0, key));
                });
            }
        });
        checks.put("CKM_SHAKE_128_KEY_DERIVATION", shake("SHAKE128"));
        checks.put("CKM_SHAKE_256_KEY_DERIVATION", shake("SHAKE256"));
        checks.put("CKM_HKDF_DERIVE", OpenSslDigests::hkdf);
        checks.put("CKM_PKCS5_PBKD2", OpenSslDigests::pbkdf2);
        checks.put("CKM_SP800_108_COUNTER_KDF", (type, other, random) -> kbkdf(type, other, random, "counter", ""));
        checks.put(
                "CKM_SP800_108_FEEDBACK_KDF",
                (type, other, random) -> kbkdf(type, other, random, "feedback", "iteration, "));
        checks.put("CKM_PBE_SHA1_DES3_EDE_CBC", pkcs12(PKCS12_KEY, 24));
        checks.put("CKM_PBE_SHA1_DES2_EDE_CBC", pkcs12(PKCS12_KEY, 16));
        checks.put("CKM_PBA_SHA1_WITH_SHA1_HMAC", pkcs12(PKCS12_MAC, 20));
        return checks;
    }

    private static void hmac(
            long type, OpenSsl other, Random random, String digest, MechanismParameters parameters, int length) {
        byte[] key = Rows.random(random, 1 + random.nextInt(200));
        byte[] data = Rows.random(random, random.nextInt(200));
        byte[] mac = other.mac("HMAC", key, "digest=" + digest, data);
        HsmObject secret = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, key);
        OpenSslCheck.mac(type, secret, parameters, data, Arrays.copyOf(mac, length));
    }

    private static OpenSslCheck shake(String name) {
        return (type, other, random) -> {
            byte[] key = Rows.random(random, 1 + random.nextInt(100));
            int length = 14 + random.nextInt(100);
            derived(type, key, Rows.length(length), NONE, other.digest(name, length, key));
        };
    }

    private static DigestAlgorithm pseudorandom(Random random) {
        List<DigestAlgorithm> fit =
                names().keySet().stream().filter(digest -> !digest.legacy()).toList();
        return fit.get(random.nextInt(fit.size()));
    }

    private static String name(DigestAlgorithm digest) {
        return Objects.requireNonNull(names().get(digest));
    }

    private static void hkdf(long type, OpenSsl other, Random random) {
        DigestAlgorithm digest = pseudorandom(random);
        byte[] key = Rows.random(random, 1 + random.nextInt(80));
        byte[] salt = Rows.random(random, 1 + random.nextInt(80));
        byte[] info = Rows.random(random, 1 + random.nextInt(80));
        int length = 12 + random.nextInt(100);
        String words = String.join(
                ",",
                "mode=EXTRACT_AND_EXPAND",
                "digest=" + name(digest),
                bytes("key", key),
                bytes("salt", salt),
                bytes("info", info));
        HkdfParameters parameters =
                new HkdfParameters(true, true, digest.digest(), Ckf.CKF_HKDF_SALT_DATA, salt, 0, null, info);
        derived(type, key, Rows.length(length), parameters, other.kdf("HKDF", words, length));
    }

    private static void pbkdf2(long type, OpenSsl other, Random random) {
        byte[] password = Rows.random(random, 1 + random.nextInt(40));
        byte[] salt = Rows.random(random, 1 + random.nextInt(40));
        int length = 14 + random.nextInt(80);
        int iterations = 1 + random.nextInt(50);
        String words = String.join(
                ",", "digest=SHA256", "pkcs5=1", "iter=" + iterations, bytes("pass", password), bytes("salt", salt));
        Pbkd2Parameters parameters = new Pbkd2Parameters(
                Ckz.CKZ_SALT_SPECIFIED,
                salt,
                iterations,
                org.ferrohsm.core.ck.Ckp.CKP_PKCS5_PBKD2_HMAC_SHA256,
                OpenSsl.NOTHING,
                password);
        Template template = Rows.length(length).toBuilder()
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .build();
        byte[] made = Rows.value(
                Objects.requireNonNull(Rows.TABLE.require(type).keyMaker()).make(template, parameters));
        assertArrayEquals(other.kdf("PBKDF2", words, length), made);
    }

    /** The layout that OpenSSL has: the counter of 32 bits, the label, a zero, the context, the length in 32 bits. */
    private static void kbkdf(long type, OpenSsl other, Random random, String mode, String first) {
        byte[] key = Rows.random(random, 1 + random.nextInt(80));
        byte[] label = Rows.random(random, 1 + random.nextInt(40));
        byte[] context = Rows.random(random, 1 + random.nextInt(40));
        int length = 14 + random.nextInt(150);
        String counter = first.isEmpty() ? "iteration:32" : first + "counter:32";
        VectorFields fields = new VectorFields(Map.of(
                "prf",
                "CKM_SHA256_HMAC",
                "prf-fields",
                counter + ", bytes:" + OpenSsl.hex(label) + ", bytes:00, bytes:" + OpenSsl.hex(context) + ", keys:32"));
        String words = String.join(
                ",",
                "mode=" + mode,
                "mac=HMAC",
                "digest=SHA256",
                bytes("key", key),
                bytes("salt", label),
                bytes("info", context));
        derived(type, key, Rows.length(length), fields.parameters(), other.kdf("KBKDF", words, length));
    }

    /** Keys with the parity of DES; the password goes in as it is. */
    private static OpenSslCheck pkcs12(int keyId, int length) {
        return (type, other, random) -> {
            byte[] password = Rows.random(random, 2 * (1 + random.nextInt(20)));
            byte[] salt = Rows.random(random, 8 + random.nextInt(20));
            int iterations = 1 + random.nextInt(50);
            var maker = Objects.requireNonNull(Rows.TABLE.require(type).keyMaker());
            byte[] made = Rows.value(maker.make(Template.EMPTY, new PbeParameters(password.clone(), salt, iterations)));
            String words = String.join(
                    ",", "digest=SHA1", "iter=" + iterations, bytes("pass", password), bytes("salt", salt), "id=");
            byte[] key = other.kdf("PKCS12KDF", words + keyId, length);
            if (keyId == PKCS12_MAC) {
                assertArrayEquals(key, made);
                return;
            }
            assertArrayEquals(DesParity.adjusted(SecretBytes.adopt(key)).use(byte[]::clone), made);
            List<byte[]> ivs = maker.outputs(new PbeParameters(password.clone(), salt, iterations));
            assertArrayEquals(other.kdf("PKCS12KDF", words + PKCS12_IV, 8), ivs.get(0));
        };
    }

    static void derived(long type, byte[] key, Template template, MechanismParameters parameters, byte[] expected) {
        HsmObject base = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, key);
        assertArrayEquals(expected, Rows.derive(type, base, template, Ckk.CKK_GENERIC_SECRET, parameters));
    }
}
