// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.ferrohsm.core.mechanism.family.WycheproofGroup.bytes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.object.HsmObject;

/** Wycheproof's tests of HKDF and PBKDF2. */
final class WycheproofDerivations {
    /** In bytes; a shorter key is not derived. */
    private static final int SHORTEST = 14;

    private final MechanismTable table;
    private final WycheproofCalls calls;

    WycheproofDerivations(MechanismTable table) {
        this.table = table;
        this.calls = new WycheproofCalls(table);
    }

    Map<String, WycheproofGroup> groups() {
        return Map.of("HkdfTest", this::hkdf, "PbkdfTest", this::pbkdf2);
    }

    private static Template length(long bytes) {
        return Template.builder().put(Cka.CKA_VALUE_LEN, bytes).build();
    }

    private static byte[] value(NewKey key) {
        return Objects.requireNonNull(key.secrets().get(Cka.CKA_VALUE)).use(byte[]::clone);
    }

    private void hkdf(String algorithm, JsonNode group, WycheproofTally tally) {
        Long hash = WycheproofNames.digest(algorithm.substring("HKDF-".length()));
        if (hash == null) {
            tally.leaveOut(group);
            return;
        }
        for (JsonNode test : group.path("tests")) {
            long size = test.path("size").asLong();
            byte[] salt = bytes(test, "salt");
            HkdfParameters parameters = new HkdfParameters(
                    true,
                    true,
                    hash,
                    salt.length == 0 ? Ckf.CKF_HKDF_SALT_NULL : Ckf.CKF_HKDF_SALT_DATA,
                    salt,
                    0,
                    null,
                    bytes(test, "info"));
            if (size < SHORTEST) {
                tally.leaveOut();
                continue;
            }
            tally.check(test, bytes(test, "okm"), () -> {
                HsmObject key = calls.key(
                        Cko.CKO_SECRET_KEY,
                        Ckk.CKK_GENERIC_SECRET,
                        AttributeSet.builder().put(Cka.CKA_VALUE, bytes(test, "ikm")));
                return value(Objects.requireNonNull(
                                table.require(Ckm.CKM_HKDF_DERIVE).deriver())
                        .derive(key, length(size), Ckk.CKK_GENERIC_SECRET, parameters));
            });
        }
    }

    private void pbkdf2(String algorithm, JsonNode group, WycheproofTally tally) {
        String function = algorithm.substring("PBKDF2-HMAC".length()).toUpperCase(Locale.ROOT);
        for (JsonNode test : group.path("tests")) {
            long size = test.path("dkLen").asLong();
            if (size < SHORTEST) {
                tally.leaveOut();
                continue;
            }
            Pbkd2Parameters parameters = new Pbkd2Parameters(
                    Ckz.CKZ_SALT_SPECIFIED,
                    bytes(test, "salt"),
                    test.path("iterationCount").asLong(),
                    VectorNumbers.of("CKP_PKCS5_PBKD2_HMAC_" + function),
                    new byte[0],
                    bytes(test, "password"));
            tally.check(
                    test,
                    bytes(test, "dk"),
                    () -> value(Objects.requireNonNull(
                                    table.require(Ckm.CKM_PKCS5_PBKD2).keyMaker())
                            .make(length(size), parameters)));
        }
    }
}
