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
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.KeySetDeriver.DerivedKeys;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;
import org.ferrohsm.core.object.HsmObject;

/** What TLS 1.0 to 1.2 derive, against OpenSSL's TLS1-PRF. */
final class OpenSslTls {
    private OpenSslTls() {}

    static Map<String, OpenSslCheck> checks() {
        Map<String, OpenSslCheck> checks = new TreeMap<>();
        for (String version : List.of("CKM_TLS", "CKM_TLS12")) {
            checks.put(version + "_MAC", OpenSslTls::finished);
            checks.put(version + "_KDF", OpenSslTls::exporter);
            checks.put(version + "_MASTER_KEY_DERIVE", master(version.equals("CKM_TLS")));
            checks.put(version + "_MASTER_KEY_DERIVE_DH", master(version.equals("CKM_TLS")));
        }
        checks.put("CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE", OpenSslTls::extended);
        checks.put("CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH", OpenSslTls::extended);
        checks.put("CKM_TLS10_MAC_SERVER", oldFinished("server"));
        checks.put("CKM_TLS10_MAC_CLIENT", oldFinished("client"));
        checks.put("CKM_TLS_KEY_AND_MAC_DERIVE", keyBlock(Ckm.CKM_TLS_PRF, 16));
        checks.put("CKM_TLS12_KEY_AND_MAC_DERIVE", keyBlock(Ckm.CKM_SHA256, 16));
        checks.put("CKM_TLS12_KEY_SAFE_DERIVE", keyBlock(Ckm.CKM_SHA384, 0));
        checks.put("CKM_TLS_PRF", OpenSslTls::plain);
        return checks;
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

    /** Of TLS 1.0; {@code side} is the server, or the client. */
    private static OpenSslCheck oldFinished(String side) {
        return (type, other, random) -> {
            byte[] secret = Rows.random(random, 48);
            byte[] hash = Rows.random(random, 36);
            OpenSslCheck.mac(
                    type,
                    TestKeys.secret(Ckk.CKK_GENERIC_SECRET, secret),
                    NoParameters.INSTANCE,
                    hash,
                    tls(other, Ckm.CKM_TLS_PRF, secret, ascii(side + " finished"), 12, hash));
        };
    }

    /** The MAC secrets, the keys and the IVs, if there are any, are the key block one after the other. */
    private static OpenSslCheck keyBlock(long prf, int iv) {
        return (type, other, random) -> {
            byte[] secret = Rows.random(random, 48);
            byte[] client = Rows.random(random, 32);
            byte[] server = Rows.random(random, 32);
            TlsKeyParameters parameters = new TlsKeyParameters(prf, 160, 256, 128, false, client, server);
            DerivedKeys derived = deriveAll(type, secret, parameters);
            ByteBuffer block = ByteBuffer.allocate(2 * (20 + 32 + iv));
            derived.keys().forEach(key -> block.put(Rows.value(key)));
            derived.outputs().forEach(block::put);
            assertArrayEquals(
                    tls(other, prf, secret, ascii("key expansion"), block.capacity(), server, client), block.array());
        };
    }

    private static void plain(long type, OpenSsl other, Random random) {
        byte[] secret = Rows.random(random, 48);
        byte[] label = Rows.random(random, 1 + random.nextInt(30));
        byte[] seed = Rows.random(random, 64);
        int length = 12 + random.nextInt(100);
        assertArrayEquals(
                tls(other, Ckm.CKM_TLS_PRF, secret, label, length, seed),
                deriveAll(type, secret, new TlsPrfParameters(seed, label, length))
                        .outputs()
                        .get(0));
    }

    private static DerivedKeys deriveAll(long type, byte[] secret, MechanismParameters parameters) {
        HsmObject base = TestKeys.secret(Ckk.CKK_GENERIC_SECRET, secret);
        KeySetDeriver deriver = Objects.requireNonNull(Rows.TABLE.require(type).setDeriver());
        return deriver.derive(
                base, deriver.wishes(base, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters), parameters);
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
        OpenSslDigests.derived(
                type,
                secret,
                Rows.length(length),
                new TlsDerivationParameters(prf, label, client, server, context),
                tls(other, prf, secret, label, length, client, server, prefix, context));
    }

    private static OpenSslCheck master(boolean old) {
        return (type, other, random) -> {
            byte[] secret = Rows.random(random, 48);
            byte[] client = Rows.random(random, 32);
            byte[] server = Rows.random(random, 32);
            long prf = old ? Ckm.CKM_TLS_PRF : Ckm.CKM_SHA384;
            OpenSslDigests.derived(
                    type,
                    secret,
                    Template.EMPTY,
                    new TlsDerivationParameters(prf, OpenSsl.NOTHING, client, server, OpenSsl.NOTHING),
                    tls(other, prf, secret, ascii("master secret"), 48, client, server));
        };
    }

    private static void extended(long type, OpenSsl other, Random random) {
        byte[] secret = Rows.random(random, 48);
        byte[] hash = Rows.random(random, 48);
        OpenSslDigests.derived(
                type,
                secret,
                Template.EMPTY,
                new TlsExtendedParameters(Ckm.CKM_SHA384, hash),
                tls(other, Ckm.CKM_SHA384, secret, ascii("extended master secret"), 48, hash));
    }
}
