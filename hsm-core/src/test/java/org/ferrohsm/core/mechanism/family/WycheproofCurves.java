// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckd;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.EcdhParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.jspecify.annotations.Nullable;

/** Wycheproof's tests of elliptic curves. */
final class WycheproofCurves {
    private final WycheproofCalls calls;

    WycheproofCurves(MechanismTable table) {
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of(
                "EcdsaP1363Verify", this::verifyEcdsa,
                "EcdhEcpointTest", (algorithm, group, tally) -> agree(group, tally, test -> bytes(test, "public")),
                "EcdhTest", (algorithm, group, tally) -> agree(group, tally, test -> pointOf(group, test)),
                "XdhComp", this::agreeMontgomery,
                "EddsaVerify", this::verifyEddsa);
    }

    private static byte[] params(String curve) {
        return Der.element(Der.PRINTABLE_STRING, curve.getBytes(StandardCharsets.US_ASCII));
    }

    /** Halves shorter than the order are PKCS#11's to allow (section 6.3.1), so that tests of their length say nothing. */
    private void verifyEcdsa(String algorithm, JsonNode group, WycheproofTally tally) {
        Long type = WycheproofNames.mechanism("CKM_ECDSA_%s", group.path("sha").asText());
        JsonNode given = group.path("publicKey");
        HsmObject key = type == null
                ? null
                : tally.key(
                        group,
                        () -> calls.key(
                                Cko.CKO_PUBLIC_KEY,
                                Ckk.CKK_EC,
                                AttributeSet.builder()
                                        .put(
                                                Cka.CKA_EC_PARAMS,
                                                params(given.path("curve").asText()))
                                        .put(Cka.CKA_EC_POINT, bytes(given, "uncompressed"))));
        if (type == null || key == null) {
            tally.leaveOut(group);
            return;
        }
        int full = 2 * ((given.path("keySize").asInt() + 7) / 8);
        for (JsonNode test : group.path("tests")) {
            byte[] signature = bytes(test, "sig");
            if (signature.length < full && signature.length % 2 == 0) {
                tally.leaveOut();
            } else {
                tally.check(
                        test,
                        null,
                        () -> calls.verify(type, key, NoParameters.INSTANCE, bytes(test, "msg"), signature));
            }
        }
    }

    /** The point in a test, null if it stands in something that is not the public key of a named curve. */
    @FunctionalInterface
    private interface Point {
        byte @Nullable [] of(JsonNode test);
    }

    private static byte @Nullable [] pointOf(JsonNode group, JsonNode test) {
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(bytes(test, "public"));
            byte[] named = Curves.of(params(group.path("curve").asText())).algorithm();
            return Arrays.equals(named, info.getAlgorithm().getEncoded())
                    ? info.getPublicKeyData().getOctets()
                    : null;
        } catch (java.io.IOException | RuntimeException noPublicKey) {
            return null;
        }
    }

    private void agree(JsonNode group, WycheproofTally tally, Point point) {
        for (JsonNode test : group.path("tests")) {
            byte[] theirs = point.of(test);
            if (theirs == null) {
                tally.leaveOut();
            } else {
                derive(group, test, tally, Ckk.CKK_EC, theirs);
            }
        }
    }

    private void agreeMontgomery(String algorithm, JsonNode group, WycheproofTally tally) {
        for (JsonNode test : group.path("tests")) {
            derive(group, test, tally, Ckk.CKK_EC_MONTGOMERY, bytes(test, "public"));
        }
    }

    private void derive(JsonNode group, JsonNode test, WycheproofTally tally, long keyType, byte[] theirs) {
        tally.check(
                test,
                bytes(test, "shared"),
                () -> calls.derive(
                        Ckm.CKM_ECDH1_DERIVE,
                        calls.key(
                                Cko.CKO_PRIVATE_KEY,
                                keyType,
                                AttributeSet.builder()
                                        .put(
                                                Cka.CKA_EC_PARAMS,
                                                params(group.path("curve").asText()))
                                        .put(Cka.CKA_VALUE, bytes(test, "private"))),
                        new EcdhParameters(Ckd.CKD_NULL, new byte[0], theirs)));
    }

    private void verifyEddsa(String algorithm, JsonNode group, WycheproofTally tally) {
        JsonNode given = group.path("publicKey");
        HsmObject key = tally.key(
                group,
                () -> calls.key(
                        Cko.CKO_PUBLIC_KEY,
                        Ckk.CKK_EC_EDWARDS,
                        AttributeSet.builder()
                                .put(
                                        Cka.CKA_EC_PARAMS,
                                        params(given.path("curve").asText()))
                                .put(Cka.CKA_EC_POINT, bytes(given, "pk"))));
        if (key == null) {
            return;
        }
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test,
                    null,
                    () -> calls.verify(
                            Ckm.CKM_EDDSA, key, NoParameters.INSTANCE, bytes(test, "msg"), bytes(test, "sig")));
        }
    }
}
