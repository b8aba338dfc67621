// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.OpenSsl.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.object.HsmObject;

/** Digests, HMACs and the derivations over them against OpenSSL. */
final class OpenSslDigests {
    private static final MechanismParameters NONE = NoParameters.INSTANCE;

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
        for (String version : List.of("CKM_TLS", "CKM_TLS12")) {
            checks.put(version + "_MAC", OpenSslDigests::finished);
            checks.put(version + "_KDF", OpenSslDigests::exporter);
            checks.put(version + "_MASTER_KEY_DERIVE_DH", master(version.equals("CKM_TLS")));
        }
        checks.put("CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH", OpenSslDigests::extended);
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

    /** A hash of TLS, or the function of TLS 1.0. */
    private static String tlsHash(long prf) {
        return prf == Ckm.CKM_TLS_PRF ? "MD5-SHA1" : prf == Ckm.CKM_SHA256 ? "SHA256" : "SHA384";
    }

    private static long tlsPrf(Random random) {
        return List.of(Ckm.CKM_TLS_PRF, Ckm.CKM_SHA256, Ckm.CKM_SHA384).get(random.nextInt(3));
    }

    private static byte[] tls(OpenSsl other, long prf, byte[] secret, byte[] label, int length, byte[]... seeds) {
        ByteBuffer seed = ByteBuffer.allocate(4096).put(label);
        for (byte[] part : seeds) {
            seed.put(part);
        }
        byte[] whole = Arrays.copyOf(seed.array(), seed.position());
        String words = String.join(",", "digest=" + tlsHash(prf), bytes("secret", secret), bytes("seed", whole));
        return other.kdf("TLS1-PRF", words, length);
    }

    private static byte[] ascii(String label) {
        return label.getBytes(StandardCharsets.US_ASCII);
    }

    private static void finished(long type, OpenSsl other, Random random) {
        byte[] secret = Rows.random(random, 48);
        byte[] hash = Rows.random(random, 36);
        long prf = tlsPrf(random);
        int side = 1 + random.nextInt(2);
        int length = 12 + random.nextInt(20);
        byte[] label = ascii(side == 1 ? "server finished" : "client finished");
        OpenSslCheck.mac(
                type,
                TestKeys.secret(Ckk.CKK_GENERIC_SECRET, secret),
                new TlsMacParameters(prf, length, side),
                hash,
                tls(other, prf, secret, label, length, hash));
    }

    private static void exporter(long type, OpenSsl other, Random random) {
        byte[] secret = Rows.random(random, 48);
        byte[] label = Rows.random(random, 1 + random.nextInt(30));
        byte[] client = Rows.random(random, 32);
        byte[] server = Rows.random(random, 32);
        byte[] context = Rows.random(random, 1 + random.nextInt(60));
        long prf = tlsPrf(random);
        int length = 14 + random.nextInt(100);
        byte[] prefix = {0, (byte) context.length};
        derived(
                type,
                secret,
                Rows.length(length),
                new TlsDerivationParameters(prf, label, client, server, context),
                tls(other, prf, secret, label, length, client, server, prefix, context));
    }

    private static OpenSslCheck master(boolean old) {
        return (type, other, random) -> {
            byte[] secret = Rows.random(random, 32 + random.nextInt(60));
            byte[] client = Rows.random(random, 32);
            byte[] server = Rows.random(random, 32);
            long prf = old ? Ckm.CKM_TLS_PRF : Ckm.CKM_SHA384;
            derived(
                    type,
                    secret,
                    Template.EMPTY,
                    new TlsDerivationParameters(prf, OpenSsl.NOTHING, client, server, OpenSsl.NOTHING),
                    tls(other, prf, secret, ascii("master secret"), 48, client, server));
        };
    }

    private static void extended(long type, OpenSsl other, Random random) {
        byte[] secret = Rows.random(random, 32 + random.nextInt(60));
        byte[] hash = Rows.random(random, 48);
        derived(
                type,
                secret,
                Template.EMPTY,
                new TlsExtendedParameters(Ckm.CKM_SHA384, hash),
                tls(other, Ckm.CKM_SHA384, secret, ascii("extended master secret"), 48, hash));
    }

    private static void derived(
            long type, byte[] key, Template template, MechanismParameters parameters, byte[] expected) {
        HsmObject base = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, key);
        assertArrayEquals(expected, Rows.derive(type, base, template, Ckk.CKK_GENERIC_SECRET, parameters));
    }
}
