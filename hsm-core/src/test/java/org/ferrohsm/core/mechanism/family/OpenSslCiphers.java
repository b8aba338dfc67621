// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.OpenSsl.NOTHING;
import static org.ferrohsm.core.mechanism.family.OpenSsl.NO_PARAMETERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.object.HsmObject;

/** Ciphers, wrapping and the MACs of block ciphers against OpenSSL. */
final class OpenSslCiphers {
    private static final MechanismParameters NONE = NoParameters.INSTANCE;
    private static final String UNPADDED = "padding=0";

    /** A block cipher: how its mechanisms begin, how OpenSSL calls it with a key of so many bytes. */
    private record Block(String prefix, long keyType, int length, Map<Integer, String> names) {
        String named(byte[] key, String mode) {
            return names.get(key.length) + mode;
        }
    }

    private static final List<Block> BLOCKS = List.of(
            new Block("CKM_AES_", Ckk.CKK_AES, 16, Map.of(16, "AES-128-", 24, "AES-192-", 32, "AES-256-")),
            new Block(
                    "CKM_CAMELLIA_",
                    Ckk.CKK_CAMELLIA,
                    16,
                    Map.of(16, "CAMELLIA-128-", 24, "CAMELLIA-192-", 32, "CAMELLIA-256-")),
            new Block("CKM_ARIA_", Ckk.CKK_ARIA, 16, Map.of(16, "ARIA-128-", 24, "ARIA-192-", 32, "ARIA-256-")),
            new Block("CKM_SEED_", Ckk.CKK_SEED, 16, Map.of(16, "SEED-")),
            new Block("CKM_DES3_", Ckk.CKK_DES3, 8, Map.of(24, "DES-EDE3-")));

    private OpenSslCiphers() {}

    static Map<String, OpenSslCheck> checks() {
        Map<String, OpenSslCheck> checks = new TreeMap<>();
        BLOCKS.forEach(block -> block(checks, block));
        Block aes = BLOCKS.get(0);
        counter(checks, aes);
        counter(checks, BLOCKS.get(1));
        checks.put("CKM_AES_OFB", stream(aes, "OFB"));
        checks.put("CKM_AES_CFB8", stream(aes, "CFB8"));
        checks.put("CKM_AES_CFB128", stream(aes, "CFB"));
        checks.put("CKM_AES_CTS", cts(aes));
        checks.put("CKM_AES_XTS", OpenSslCiphers::xts);
        checks.put("CKM_AES_GCM", (type, other, random) -> {
            byte[] iv = Rows.random(random, 1 + random.nextInt(40));
            byte[] aad = Rows.random(random, random.nextInt(40));
            int tag = 12 + random.nextInt(5);
            aead(type, other, random, aes, "GCM", tag, iv, aad, data -> new GcmParameters(iv, aad, 8L * tag));
        });
        checks.put("CKM_AES_CCM", (type, other, random) -> {
            byte[] nonce = Rows.random(random, 7 + random.nextInt(7));
            byte[] aad = Rows.random(random, random.nextInt(40));
            int tag = 8 + 2 * random.nextInt(5);
            aead(
                    type,
                    other,
                    random,
                    aes,
                    "CCM",
                    tag,
                    nonce,
                    aad,
                    data -> new CcmParameters(data.length, nonce, aad, tag));
        });
        checks.put("CKM_CHACHA20_POLY1305", OpenSslCiphers::chachaPoly);
        checks.put("CKM_CHACHA20", OpenSslCiphers::chacha);
        checks.put("CKM_AES_KEY_WRAP", wrap(aes, "WRAP", 8, value -> value));
        checks.put("CKM_AES_KEY_WRAP_KWP", wrap(aes, "WRAP-PAD", 1, value -> value));
        checks.put("CKM_AES_KEY_WRAP_PAD", wrap(aes, "WRAP-PAD", 1, value -> value));
        checks.put("CKM_AES_KEY_WRAP_PKCS7", wrap(aes, "WRAP", 1, OpenSslCiphers::padded));
        checks.put("CKM_AES_CMAC", cmac(aes, 16));
        checks.put("CKM_AES_CMAC_GENERAL", cmac(aes, 0));
        checks.put("CKM_DES3_CMAC", cmac(BLOCKS.get(4), 8));
        checks.put("CKM_DES3_CMAC_GENERAL", cmac(BLOCKS.get(4), 0));
        checks.put("CKM_AES_GMAC", OpenSslCiphers::gmac);
        checks.put("CKM_POLY1305", (type, other, random) -> {
            byte[] key = Rows.random(random, 32);
            byte[] data = anyData(random);
            OpenSslCheck.mac(
                    type,
                    TestKeys.secret(Ckk.CKK_POLY1305, key),
                    NONE,
                    data,
                    other.mac("POLY1305", key, NO_PARAMETERS, data));
        });
        return checks;
    }

    private static void block(Map<String, OpenSslCheck> checks, Block block) {
        checks.put(block.prefix + "ECB", (type, other, random) -> {
            byte[] data = blocks(block, random, 0);
            both(type, other, block, random, "ECB", NOTHING, UNPADDED, NONE, data);
        });
        checks.put(block.prefix + "CBC", (type, other, random) -> {
            byte[] iv = Rows.random(random, block.length);
            both(type, other, block, random, "CBC", iv, UNPADDED, new RawParameters(iv), blocks(block, random, 0));
        });
        checks.put(block.prefix + "CBC_PAD", (type, other, random) -> {
            byte[] iv = Rows.random(random, block.length);
            both(type, other, block, random, "CBC", iv, "padding=1", new RawParameters(iv), anyData(random));
        });
        checks.put(
                block.prefix + "MAC",
                (type, other, random) -> chained(block, type, other, random, NONE, block.length / 2));
        checks.put(block.prefix + "MAC_GENERAL", (type, other, random) -> {
            int length = OpenSslCheck.macLength(random, block.length);
            chained(block, type, other, random, new MacLengthParameters(length), length);
        });
        checks.put(block.prefix + "ECB_ENCRYPT_DATA", (type, other, random) -> {
            byte[] key = key(block, random);
            byte[] data = blocks(block, random, 2);
            derived(
                    type,
                    block,
                    key,
                    new StringDataParameters(data),
                    encrypted(other, block, key, "ECB", NOTHING, data));
        });
        checks.put(block.prefix + "CBC_ENCRYPT_DATA", (type, other, random) -> {
            byte[] key = key(block, random);
            byte[] iv = Rows.random(random, block.length);
            byte[] data = blocks(block, random, 2);
            derived(type, block, key, new CbcDataParameters(iv, data), encrypted(other, block, key, "CBC", iv, data));
        });
    }

    private static void counter(Map<String, OpenSslCheck> checks, Block block) {
        checks.put(block.prefix + "CTR", (type, other, random) -> {
            byte[] start = Rows.random(random, block.length);
            start[0] = 0;
            both(
                    type,
                    other,
                    block,
                    random,
                    "CTR",
                    start,
                    NO_PARAMETERS,
                    new CtrParameters(128, start),
                    anyData(random));
        });
    }

    private static OpenSslCheck stream(Block block, String mode) {
        return (type, other, random) -> {
            byte[] iv = Rows.random(random, block.length);
            both(type, other, block, random, mode, iv, NO_PARAMETERS, new RawParameters(iv), anyData(random));
        };
    }

    private static OpenSslCheck cts(Block block) {
        return (type, other, random) -> {
            byte[] iv = Rows.random(random, block.length);
            byte[] data = Rows.random(random, block.length + random.nextInt(80));
            both(type, other, block, random, "CBC-CTS", iv, "cts_mode=CS1", new RawParameters(iv), data);
        };
    }

    private static void xts(long type, OpenSsl other, Random random) {
        byte[] key = Rows.random(random, random.nextBoolean() ? 32 : 64);
        byte[] unit = Rows.random(random, 16);
        byte[] data = Rows.random(random, 16 + random.nextInt(100));
        String name = key.length == 32 ? "AES-128-XTS" : "AES-256-XTS";
        exchange(
                type,
                TestKeys.secret(Ckk.CKK_AES_XTS, key),
                new RawParameters(unit),
                data,
                other.cipher(name, true, key, unit, NO_PARAMETERS, 0, NOTHING, data));
    }

    /** How the parameters of an authenticated cipher depend on the data. */
    private interface ByData {
        MechanismParameters of(byte[] data);
    }

    private static void aead(
            long type,
            OpenSsl other,
            Random random,
            Block block,
            String mode,
            int tag,
            byte[] iv,
            byte[] aad,
            ByData parameters) {
        byte[] key = key(block, random);
        byte[] data = Rows.random(random, 1 + random.nextInt(100));
        byte[] sealed = other.cipher(block.named(key, mode), true, key, iv, NO_PARAMETERS, tag, aad, data);
        exchange(type, TestKeys.secret(block.keyType, key), parameters.of(data), data, sealed);
        assertArrayEquals(data, other.cipher(block.named(key, mode), false, key, iv, NO_PARAMETERS, tag, aad, sealed));
    }

    private static void chachaPoly(long type, OpenSsl other, Random random) {
        byte[] key = Rows.random(random, 32);
        byte[] nonce = Rows.random(random, 12);
        byte[] aad = Rows.random(random, random.nextInt(40));
        byte[] data = anyData(random);
        exchange(
                type,
                TestKeys.secret(Ckk.CKK_CHACHA20, key),
                new ChaChaPolyParameters(nonce, aad),
                data,
                other.cipher("ChaCha20-Poly1305", true, key, nonce, NO_PARAMETERS, 16, aad, data));
    }

    /** OpenSSL's IV is the counter, then the nonce. */
    private static void chacha(long type, OpenSsl other, Random random) {
        byte[] key = Rows.random(random, 32);
        byte[] iv = Rows.random(random, 16);
        byte[] data = anyData(random);
        StreamCipherParameters parameters =
                new StreamCipherParameters(Arrays.copyOf(iv, 4), Arrays.copyOfRange(iv, 4, 16));
        exchange(
                type,
                TestKeys.secret(Ckk.CKK_CHACHA20, key),
                parameters,
                data,
                other.cipher("ChaCha20", true, key, iv, NO_PARAMETERS, 0, NOTHING, data));
    }

    /** As PKCS #7 pads, to semiblocks. */
    private static byte[] padded(byte[] value) {
        int count = 8 - value.length % 8;
        byte[] padded = Arrays.copyOf(value, value.length + count);
        Arrays.fill(padded, value.length, padded.length, (byte) count);
        return padded;
    }

    /** Keys of a multiple of {@code unit} bytes, which OpenSSL wraps after {@code padding}. */
    private static OpenSslCheck wrap(Block block, String mode, int unit, UnaryOperator<byte[]> padding) {
        return (type, other, random) -> {
            byte[] key = key(block, random);
            byte[] value = Rows.random(random, unit * (2 + random.nextInt(6)) + 8);
            byte[] wrapped = other.cipher(
                    block.named(key, mode), true, key, NOTHING, NO_PARAMETERS, 0, NOTHING, padding.apply(value));
            HsmObject ours = TestKeys.secret(block.keyType, key);
            assertArrayEquals(wrapped, Rows.wrap(type, ours, value, NONE));
            assertArrayEquals(value, Rows.unwrap(type, ours, wrapped, NONE));
        };
    }

    /** {@code length} is 0 where the parameter says it. */
    private static OpenSslCheck cmac(Block block, int length) {
        return (type, other, random) -> {
            byte[] key = key(block, random);
            byte[] data = anyData(random);
            int wanted = length == 0 ? OpenSslCheck.macLength(random, block.length) : length;
            byte[] mac = other.mac("CMAC", key, "cipher=" + block.named(key, "CBC"), data);
            OpenSslCheck.mac(
                    type,
                    TestKeys.secret(block.keyType, key),
                    length == 0 ? new MacLengthParameters(wanted) : NONE,
                    data,
                    Arrays.copyOf(mac, wanted));
        };
    }

    private static void gmac(long type, OpenSsl other, Random random) {
        Block aes = BLOCKS.get(0);
        byte[] key = key(aes, random);
        byte[] iv = Rows.random(random, 12);
        byte[] data = anyData(random);
        String parameters = "cipher=" + aes.named(key, "GCM") + "," + OpenSsl.bytes("iv", iv);
        OpenSslCheck.mac(
                type,
                TestKeys.secret(Ckk.CKK_AES, key),
                new GcmParameters(iv, NOTHING, 128),
                data,
                other.mac("GMAC", key, parameters, data));
    }

    /** The last block of a chain that begins with zeros, the data filled up with zeros. */
    private static void chained(
            Block block, long type, OpenSsl other, Random random, MechanismParameters parameters, int length) {
        byte[] key = key(block, random);
        byte[] data = Rows.random(random, 1 + random.nextInt(100));
        byte[] filled = Arrays.copyOf(data, (data.length + block.length - 1) / block.length * block.length);
        byte[] chain = encrypted(other, block, key, "CBC", new byte[block.length], filled);
        int last = chain.length - block.length;
        byte[] mac = Arrays.copyOfRange(chain, last, last + length);
        OpenSslCheck.mac(type, TestKeys.secret(block.keyType, key), parameters, data, mac);
    }

    private static void derived(long type, Block block, byte[] key, MechanismParameters parameters, byte[] expected) {
        HsmObject base = TestKeys.secret(block.keyType, key);
        assertArrayEquals(expected, Rows.derive(type, base, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters));
    }

    private static byte[] encrypted(OpenSsl other, Block block, byte[] key, String mode, byte[] iv, byte[] data) {
        return other.cipher(block.named(key, mode), true, key, iv, UNPADDED, 0, NOTHING, data);
    }

    private static void both(
            long type,
            OpenSsl other,
            Block block,
            Random random,
            String mode,
            byte[] iv,
            String words,
            MechanismParameters parameters,
            byte[] data) {
        byte[] key = key(block, random);
        byte[] sealed = other.cipher(block.named(key, mode), true, key, iv, words, 0, NOTHING, data);
        exchange(type, TestKeys.secret(block.keyType, key), parameters, data, sealed);
    }

    /** Both encrypt to the same, so that each decrypts what the other encrypts. */
    private static void exchange(long type, HsmObject key, MechanismParameters parameters, byte[] data, byte[] sealed) {
        assertArrayEquals(sealed, Rows.encrypt(type, key, parameters, data));
        assertArrayEquals(data, Rows.decrypt(type, key, parameters, sealed));
    }

    private static byte[] key(Block block, Random random) {
        Integer[] sizes = block.names.keySet().toArray(Integer[]::new);
        return Rows.random(random, sizes[random.nextInt(sizes.length)]);
    }

    /** At least {@code least} blocks, and one at least. */
    private static byte[] blocks(Block block, Random random, int least) {
        return Rows.random(random, block.length * (Math.max(1, least) + random.nextInt(5)));
    }

    private static byte[] anyData(Random random) {
        return Rows.random(random, random.nextInt(100));
    }
}
