// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiFunction;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.CcmParameters;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;

/** Wycheproof's tests of ciphers and of MACs. */
final class WycheproofSymmetric {
    private static final Map<String, Long> WRAPS =
            Map.of("AES-WRAP", Ckm.CKM_AES_KEY_WRAP, "AES-KWP", Ckm.CKM_AES_KEY_WRAP_KWP);

    /** An authenticated cipher, and how its parameters follow from a test and the tag's length in bits. */
    private record Aead(long type, long keyType, BiFunction<JsonNode, Long, MechanismParameters> parameters) {}

    /** A cipher whose parameter is an initialisation vector. */
    private record Cipher(long type, long keyType) {}

    private static final Map<String, Aead> AEADS = Map.of(
            "AES-GCM",
            new Aead(
                    Ckm.CKM_AES_GCM,
                    Ckk.CKK_AES,
                    (test, tagBits) -> new GcmParameters(bytes(test, "iv"), bytes(test, "aad"), tagBits)),
            "AES-CCM",
            new Aead(
                    Ckm.CKM_AES_CCM,
                    Ckk.CKK_AES,
                    (test, tagBits) -> new CcmParameters(-1, bytes(test, "iv"), bytes(test, "aad"), tagBits / 8)),
            "CHACHA20-POLY1305",
            chaCha(),
            "XCHACHA20-POLY1305",
            chaCha());

    private static final Map<String, Cipher> CIPHERS = Map.of(
            "AES-CBC-PKCS5", new Cipher(Ckm.CKM_AES_CBC_PAD, Ckk.CKK_AES),
            "ARIA-CBC-PKCS5", new Cipher(Ckm.CKM_ARIA_CBC_PAD, Ckk.CKK_ARIA),
            "CAMELLIA-CBC-PKCS5", new Cipher(Ckm.CKM_CAMELLIA_CBC_PAD, Ckk.CKK_CAMELLIA),
            "AES-XTS", new Cipher(Ckm.CKM_AES_XTS, Ckk.CKK_AES_XTS));

    private static Aead chaCha() {
        return new Aead(
                Ckm.CKM_CHACHA20_POLY1305,
                Ckk.CKK_CHACHA20,
                (test, tagBits) -> new ChaChaPolyParameters(bytes(test, "iv"), bytes(test, "aad")));
    }

    private final WycheproofCalls calls;

    WycheproofSymmetric(MechanismTable table) {
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of(
                "AeadTest", this::aead,
                "IndCpaTest", this::cipher,
                "KeywrapTest", this::wrap,
                "MacTest", this::mac,
                "MacWithIvTest", this::gmac);
    }

    private HsmObject key(long keyType, JsonNode test) {
        return calls.key(Cko.CKO_SECRET_KEY, keyType, AttributeSet.builder().put(Cka.CKA_VALUE, bytes(test, "key")));
    }

    private void aead(String algorithm, JsonNode group, WycheproofTally tally) {
        Aead aead = AEADS.get(algorithm);
        if (aead == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            MechanismParameters parameters =
                    aead.parameters.apply(test, group.path("tagSize").asLong());
            byte[] ciphertext = join(bytes(test, "ct"), bytes(test, "tag"));
            both(test, tally, aead.type, aead.keyType, parameters, ciphertext);
        }
    }

    private void cipher(String algorithm, JsonNode group, WycheproofTally tally) {
        Cipher cipher = CIPHERS.get(algorithm);
        if (cipher == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            byte[] iv = bytes(test, "iv");
            /* A data unit number is little-endian, and some of the vectors leave its upper half out. */
            RawParameters parameters = new RawParameters(cipher.type == Ckm.CKM_AES_XTS ? Arrays.copyOf(iv, 16) : iv);
            both(test, tally, cipher.type, cipher.keyType, parameters, bytes(test, "ct"));
        }
    }

    private void both(
            JsonNode test,
            WycheproofTally tally,
            long type,
            long keyType,
            MechanismParameters parameters,
            byte[] ciphertext) {
        if (!test.path("result").asText().equals("invalid")) {
            tally.check(
                    test, ciphertext, () -> calls.encrypt(type, key(keyType, test), parameters, bytes(test, "msg")));
        }
        tally.check(test, bytes(test, "msg"), () -> calls.decrypt(type, key(keyType, test), parameters, ciphertext));
    }

    private void gmac(String algorithm, JsonNode group, WycheproofTally tally) {
        if (!algorithm.equals("AES-GMAC")) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            GcmParameters parameters = new GcmParameters(
                    bytes(test, "iv"), new byte[0], group.path("tagSize").asLong());
            mac(test, tally, Ckm.CKM_AES_GMAC, Ckk.CKK_AES, parameters);
        }
    }

    private void mac(JsonNode test, WycheproofTally tally, long type, long keyType, MechanismParameters parameters) {
        if (!test.path("result").asText().equals("invalid")) {
            tally.check(
                    test,
                    bytes(test, "tag"),
                    () -> calls.sign(type, key(keyType, test), parameters, bytes(test, "msg")));
        }
        tally.check(
                test,
                null,
                () -> calls.verify(type, key(keyType, test), parameters, bytes(test, "msg"), bytes(test, "tag")));
    }

    private void wrap(String algorithm, JsonNode group, WycheproofTally tally) {
        Long type = WRAPS.get(algorithm);
        if (type == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            if (test.path("result").asText().equals("valid")) {
                tally.check(
                        test,
                        bytes(test, "ct"),
                        () -> calls.wrap(type, key(Ckk.CKK_AES, test), NoParameters.INSTANCE, bytes(test, "msg")));
            }
            tally.check(
                    test,
                    bytes(test, "msg"),
                    () -> calls.unwrap(type, key(Ckk.CKK_AES, test), NoParameters.INSTANCE, bytes(test, "ct")));
        }
    }

    private void mac(String algorithm, JsonNode group, WycheproofTally tally) {
        Long type =
                algorithm.equals("AES-CMAC") ? Long.valueOf(Ckm.CKM_AES_CMAC_GENERAL) : WycheproofNames.hmac(algorithm);
        if (type == null) {
            tally.leaveOut(group);
            return;
        }
        long keyType = algorithm.equals("AES-CMAC") ? Ckk.CKK_AES : Ckk.CKK_GENERIC_SECRET;
        MacLengthParameters parameters =
                new MacLengthParameters(group.path("tagSize").asLong() / 8);
        for (JsonNode test : group.path("tests")) {
            mac(test, tally, type, keyType, parameters);
        }
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
