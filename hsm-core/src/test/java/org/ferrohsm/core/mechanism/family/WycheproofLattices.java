// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckh;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;
import org.ferrohsm.core.object.HsmObject;

/** Wycheproof's tests of ML-DSA and ML-KEM. */
final class WycheproofLattices {
    private static final Map<String, Long> SETS = Map.of(
            "ML-DSA-44", 1L, "ML-DSA-65", 2L, "ML-DSA-87", 3L, "ML-KEM-512", 1L, "ML-KEM-768", 2L, "ML-KEM-1024", 3L);

    private final WycheproofCalls calls;

    WycheproofLattices(MechanismTable table) {
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of(
                "MlDsaVerify", this::verify,
                "MlDsaSign", this::sign,
                "MLKEMTest", this::decapsulate,
                "MLKEMKeyGen", this::expand,
                "MLKEMEncapsTest", this::publicKeys,
                "MLKEMDecapsValidationTest", this::decapsulateExpanded);
    }

    private HsmObject key(long objectClass, long keyType, String set, long part, byte[] value) {
        return calls.key(
                objectClass,
                keyType,
                AttributeSet.builder()
                        .put(Cka.CKA_PARAMETER_SET, Objects.requireNonNull(SETS.get(set), set))
                        .put(part, value));
    }

    private static SignContextParameters parameters(JsonNode test) {
        return new SignContextParameters(Ckh.CKH_DETERMINISTIC_REQUIRED, bytes(test, "ctx"));
    }

    /** A public key of a wrong length makes all tests of its group invalid, so it is brought in in each. */
    private void verify(String algorithm, JsonNode group, WycheproofTally tally) {
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test,
                    null,
                    () -> calls.verify(
                            Ckm.CKM_ML_DSA,
                            key(
                                    Cko.CKO_PUBLIC_KEY,
                                    Ckk.CKK_ML_DSA,
                                    algorithm,
                                    Cka.CKA_VALUE,
                                    bytes(group, "publicKey")),
                            parameters(test),
                            bytes(test, "msg"),
                            bytes(test, "sig")));
        }
    }

    /** Tests of a message representative alone are those of another mechanism, and random numbers are not the caller's. */
    private void sign(String algorithm, JsonNode group, WycheproofTally tally) {
        boolean seeded = group.has("privateSeed");
        for (JsonNode test : group.path("tests")) {
            if (!test.has("msg") || test.has("rnd")) {
                tally.leaveOut();
                continue;
            }
            tally.check(
                    test,
                    bytes(test, "sig"),
                    () -> calls.sign(
                            Ckm.CKM_ML_DSA,
                            key(
                                    Cko.CKO_PRIVATE_KEY,
                                    Ckk.CKK_ML_DSA,
                                    algorithm,
                                    seeded ? Cka.CKA_SEED : Cka.CKA_VALUE,
                                    bytes(group, seeded ? "privateSeed" : "privateKey")),
                            parameters(test),
                            bytes(test, "msg")));
        }
    }

    private void decapsulate(String algorithm, JsonNode group, WycheproofTally tally) {
        decapsulate(group, tally, Cka.CKA_SEED, "seed");
    }

    private void decapsulateExpanded(String algorithm, JsonNode group, WycheproofTally tally) {
        decapsulate(group, tally, Cka.CKA_VALUE, "dk");
    }

    private void decapsulate(JsonNode group, WycheproofTally tally, long part, String field) {
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test,
                    test.has("K") ? bytes(test, "K") : null,
                    () -> calls.decapsulate(
                            Ckm.CKM_ML_KEM,
                            key(
                                    Cko.CKO_PRIVATE_KEY,
                                    Ckk.CKK_ML_KEM,
                                    group.path("parameterSet").asText(),
                                    part,
                                    bytes(test, field)),
                            NoParameters.INSTANCE,
                            bytes(test, "c")));
        }
    }

    private void expand(String algorithm, JsonNode group, WycheproofTally tally) {
        for (JsonNode test : group.path("tests")) {
            tally.check(test, bytes(test, "ek"), () -> {
                HsmObject key = key(
                        Cko.CKO_PRIVATE_KEY,
                        Ckk.CKK_ML_KEM,
                        group.path("parameterSet").asText(),
                        Cka.CKA_SEED,
                        bytes(test, "seed"));
                boolean expanded = key.secret(Cka.CKA_VALUE).use(value -> Arrays.equals(value, bytes(test, "dk")));
                byte[] info = key.attributes().bytes(Cka.CKA_PUBLIC_KEY_INFO);
                return expanded
                        ? Arrays.copyOfRange(info, info.length - bytes(test, "ek").length, info.length)
                        : new byte[0];
            });
        }
    }

    /** Encapsulation takes its own random numbers, so only whether the key is taken can be compared. */
    private void publicKeys(String algorithm, JsonNode group, WycheproofTally tally) {
        for (JsonNode test : group.path("tests")) {
            tally.check(
                    test,
                    null,
                    () -> key(
                                    Cko.CKO_PUBLIC_KEY,
                                    Ckk.CKK_ML_KEM,
                                    group.path("parameterSet").asText(),
                                    Cka.CKA_VALUE,
                                    bytes(test, "ek"))
                            .attributes()
                            .bytes(Cka.CKA_VALUE));
        }
    }
}
