// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.PssParameters;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/** Wycheproof's tests of RSA. */
final class WycheproofRsa {
    private final WycheproofCalls calls;

    WycheproofRsa(MechanismTable table) {
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of(
                "RsassaPkcs1Verify", this::verify,
                "RsassaPkcs1Generate", this::generate,
                "RsassaPssVerify", this::verifyPss,
                "RsaesOaepDecrypt", this::decryptOaep,
                "RsaesPkcs1Decrypt", this::decrypt);
    }

    private @Nullable HsmObject publicKey(JsonNode group, WycheproofTally tally) {
        JsonNode key = group.has("publicKey") ? group.path("publicKey") : group.path("privateKey");
        return tally.key(
                group,
                () -> calls.key(
                        Cko.CKO_PUBLIC_KEY,
                        Ckk.CKK_RSA,
                        AttributeSet.builder()
                                .put(Cka.CKA_MODULUS, bytes(key, "modulus"))
                                .put(Cka.CKA_PUBLIC_EXPONENT, bytes(key, "publicExponent"))));
    }

    private @Nullable HsmObject privateKey(JsonNode group, WycheproofTally tally) {
        JsonNode key = group.path("privateKey");
        return tally.key(
                group,
                () -> calls.key(
                        Cko.CKO_PRIVATE_KEY,
                        Ckk.CKK_RSA,
                        AttributeSet.builder()
                                .put(Cka.CKA_MODULUS, bytes(key, "modulus"))
                                .put(Cka.CKA_PUBLIC_EXPONENT, bytes(key, "publicExponent"))
                                .put(Cka.CKA_PRIVATE_EXPONENT, bytes(key, "privateExponent"))));
    }

    private void verify(String algorithm, JsonNode group, WycheproofTally tally) {
        Long type =
                WycheproofNames.mechanism("CKM_%s_RSA_PKCS", group.path("sha").asText());
        HsmObject key = type == null ? null : publicKey(group, tally);
        if (type == null || key == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test,
                    null,
                    () -> calls.verify(type, key, NoParameters.INSTANCE, bytes(test, "msg"), bytes(test, "sig")));
        }
    }

    private void generate(String algorithm, JsonNode group, WycheproofTally tally) {
        verify(algorithm, group, tally);
        Long type =
                WycheproofNames.mechanism("CKM_%s_RSA_PKCS", group.path("sha").asText());
        HsmObject key = type == null ? null : privateKey(group, tally);
        if (type == null || key == null) {
            return;
        }
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test, bytes(test, "sig"), () -> calls.sign(type, key, NoParameters.INSTANCE, bytes(test, "msg")));
        }
    }

    private void verifyPss(String algorithm, JsonNode group, WycheproofTally tally) {
        Long type = WycheproofNames.mechanism(
                "CKM_%s_RSA_PKCS_PSS", group.path("sha").asText());
        Long hash = WycheproofNames.digest(group.path("sha").asText());
        Long mask = WycheproofNames.mask(group.path("mgfSha").asText());
        HsmObject key = type == null || hash == null || mask == null ? null : publicKey(group, tally);
        if (type == null || hash == null || mask == null || key == null) {
            tally.leaveOut(group);
            return;
        }
        PssParameters parameters =
                new PssParameters(hash, mask, group.path("sLen").asLong());
        for (JsonNode test : group.path("tests")) {
            tally.check(test, null, () -> calls.verify(type, key, parameters, bytes(test, "msg"), bytes(test, "sig")));
        }
    }

    private void decryptOaep(String algorithm, JsonNode group, WycheproofTally tally) {
        Long hash = WycheproofNames.digest(group.path("sha").asText());
        Long mask = WycheproofNames.mask(group.path("mgfSha").asText());
        HsmObject key = hash == null || mask == null ? null : privateKey(group, tally);
        if (hash == null || mask == null || key == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            OaepParameters parameters = new OaepParameters(hash, mask, Ckz.CKZ_DATA_SPECIFIED, bytes(test, "label"));
            tally.check(
                    test,
                    bytes(test, "msg"),
                    () -> calls.decrypt(Ckm.CKM_RSA_PKCS_OAEP, key, parameters, bytes(test, "ct")));
        }
    }

    /** A wrong padding is not told but gives another message (implicit rejection), so those tests say nothing here. */
    private void decrypt(String algorithm, JsonNode group, WycheproofTally tally) {
        HsmObject key = privateKey(group, tally);
        if (key == null) {
            return;
        }
        for (JsonNode test : group.path("tests")) {
            if (test.path("flags").toString().contains("InvalidPkcs1Padding")) {
                tally.leaveOut();
            } else {
                tally.check(
                        test,
                        bytes(test, "msg"),
                        () -> calls.decrypt(Ckm.CKM_RSA_PKCS, key, NoParameters.INSTANCE, bytes(test, "ct")));
            }
        }
    }
}
