// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;

/** Wycheproof's tests of AES and of MACs. */
final class WycheproofSymmetric {
    private static final Map<String, Long> WRAPS =
            Map.of("AES-WRAP", Ckm.CKM_AES_KEY_WRAP, "AES-KWP", Ckm.CKM_AES_KEY_WRAP_KWP);

    private final WycheproofCalls calls;

    WycheproofSymmetric(MechanismTable table) {
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of(
                "AeadTest", this::aead,
                "IndCpaTest", this::cipher,
                "KeywrapTest", this::wrap,
                "MacTest", this::mac);
    }

    private HsmObject key(long keyType, JsonNode test) {
        return calls.key(Cko.CKO_SECRET_KEY, keyType, AttributeSet.builder().put(Cka.CKA_VALUE, bytes(test, "key")));
    }

    private void aead(String algorithm, JsonNode group, WycheproofTally tally) {
        if (!algorithm.equals("AES-GCM")) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            GcmParameters parameters = new GcmParameters(
                    bytes(test, "iv"), bytes(test, "aad"), group.path("tagSize").asLong());
            both(test, tally, Ckm.CKM_AES_GCM, parameters, join(bytes(test, "ct"), bytes(test, "tag")));
        }
    }

    private void cipher(String algorithm, JsonNode group, WycheproofTally tally) {
        if (!algorithm.equals("AES-CBC-PKCS5")) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            both(test, tally, Ckm.CKM_AES_CBC_PAD, new RawParameters(bytes(test, "iv")), bytes(test, "ct"));
        }
    }

    private void both(
            JsonNode test, WycheproofTally tally, long type, MechanismParameters parameters, byte[] ciphertext) {
        if (!test.path("result").asText().equals("invalid")) {
            tally.check(
                    test,
                    ciphertext,
                    () -> calls.encrypt(type, key(Ckk.CKK_AES, test), parameters, bytes(test, "msg")));
        }
        tally.check(
                test, bytes(test, "msg"), () -> calls.decrypt(type, key(Ckk.CKK_AES, test), parameters, ciphertext));
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
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
