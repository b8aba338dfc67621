// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.policy.Policy;
import org.ferrohsm.core.policy.Profile;
import org.junit.jupiter.api.Test;

/** What must hold of every row. */
class MechanismTableTest {
    private static final MechanismTable TABLE = Families.table(new Engines());
    /** The vectors' operations that show a capability. */
    private static final Map<Long, String> SHOWN_BY = Map.ofEntries(
            Map.entry(Ckf.CKF_GENERATE, "generate"),
            Map.entry(Ckf.CKF_GENERATE_KEY_PAIR, "generate-pair"),
            Map.entry(Ckf.CKF_SIGN, "sign"),
            Map.entry(Ckf.CKF_VERIFY, "verify"),
            Map.entry(Ckf.CKF_SIGN_RECOVER, "sign-recover"),
            Map.entry(Ckf.CKF_VERIFY_RECOVER, "verify-recover"),
            Map.entry(Ckf.CKF_ENCRYPT, "encrypt"),
            Map.entry(Ckf.CKF_DECRYPT, "decrypt"),
            Map.entry(Ckf.CKF_DIGEST, "digest"),
            Map.entry(Ckf.CKF_WRAP, "wrap"),
            Map.entry(Ckf.CKF_UNWRAP, "unwrap"),
            Map.entry(Ckf.CKF_ENCAPSULATE, "encapsulate"),
            Map.entry(Ckf.CKF_DECAPSULATE, "decapsulate"),
            Map.entry(Ckf.CKF_DERIVE, "derive"));

    private static final long ALL_CAPABILITIES = SHOWN_BY.keySet().stream().reduce(0L, (a, b) -> a | b);

    @Test
    void every_capability_of_every_row_has_a_vector_and_every_row_a_negative_case() {
        Map<String, VectorFile> files =
                VectorFile.all().stream().collect(Collectors.toMap(VectorFile::mechanism, Function.identity()));
        List<String> missing = new ArrayList<>();
        for (long type : TABLE.types()) {
            Mechanism mechanism = TABLE.require(type);
            VectorFile file = files.remove(mechanism.name());
            if (file == null) {
                missing.add(mechanism.name() + " has no file of vectors");
                continue;
            }
            Set<String> shown = file.cases().stream()
                    .filter(one -> !one.isNegative())
                    .map(VectorFile.Case::operation)
                    .collect(Collectors.toSet());
            SHOWN_BY.forEach((flag, operation) -> {
                if ((mechanism.flags() & flag) != 0 && !shown.contains(operation)) {
                    missing.add(mechanism.name() + " has no vector for " + operation);
                }
            });
            if (file.cases().stream().noneMatch(VectorFile.Case::isNegative)) {
                missing.add(mechanism.name() + " has no negative case");
            }
        }
        assertEquals(List.of(), missing);
        assertEquals(Set.of(), files.keySet(), "vectors of mechanisms that the table does not have");
        assertTrue(TABLE.types().size() >= 56, "the table has lost rows");
    }

    /** Signatures with a state, whose private keys the token does not keep. */
    private static final Set<Long> VERIFY_ALONE = Set.of(Ckm.CKM_HSS, Ckm.CKM_XMSS, Ckm.CKM_XMSSMT);

    @Test
    void a_row_that_can_do_something_can_undo_or_check_it() {
        for (long type : TABLE.types()) {
            long flags = TABLE.require(type).flags();
            for (long there : List.of(Ckf.CKF_SIGN, Ckf.CKF_ENCRYPT, Ckf.CKF_WRAP)) {
                long back = there == Ckf.CKF_SIGN
                        ? Ckf.CKF_VERIFY
                        : there == Ckf.CKF_ENCRYPT ? Ckf.CKF_DECRYPT : Ckf.CKF_UNWRAP;
                boolean expected = (flags & there) != 0 || (there == Ckf.CKF_SIGN && VERIFY_ALONE.contains(type));
                assertEquals(expected, (flags & back) != 0, Ckm.name(type));
            }
            assertTrue((flags & ALL_CAPABILITIES) != 0, Ckm.name(type) + " can do nothing");
        }
    }

    @Test
    void by_default_nothing_wraps_but_what_protects_integrity() {
        Policy policy = Policy.of(Profile.DEFAULT);
        Set<String> wrapping = TABLE.types().stream()
                .map(TABLE::require)
                .filter(mechanism -> mechanism.wrapper() != null && wraps(policy, mechanism))
                .map(Mechanism::name)
                .collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "CKM_AES_GCM",
                        "CKM_AES_CCM",
                        "CKM_AES_KEY_WRAP",
                        "CKM_AES_KEY_WRAP_PKCS7",
                        "CKM_AES_KEY_WRAP_KWP",
                        "CKM_AES_KEY_WRAP_PAD",
                        "CKM_RSA_PKCS_OAEP",
                        "CKM_RSA_AES_KEY_WRAP",
                        "CKM_ECDH_AES_KEY_WRAP",
                        "CKM_ECDH_X_AES_KEY_WRAP",
                        "CKM_ECDH_COF_AES_KEY_WRAP"),
                wrapping);
    }

    private static boolean wraps(Policy policy, Mechanism mechanism) {
        try {
            policy.wrapBy(MechanismCall.of(mechanism.type()));
            return true;
        } catch (HsmException e) {
            return false;
        }
    }

    @Test
    void a_row_takes_its_parameters_and_no_others() {
        Mechanism cbc = TABLE.require(Ckm.CKM_AES_CBC);
        cbc.checkParameters(new RawParameters(new byte[16]));
        assertInvalid(() -> cbc.checkParameters(NoParameters.INSTANCE));
        Mechanism wrap = TABLE.require(Ckm.CKM_AES_KEY_WRAP);
        wrap.checkParameters(new RawParameters(new byte[8]));
        wrap.checkParameters(NoParameters.INSTANCE);
        assertInvalid(() -> TABLE.require(Ckm.CKM_SHA256).checkParameters(new RawParameters(new byte[1])));
    }

    private static void assertInvalid(org.junit.jupiter.api.function.Executable call) {
        assertEquals(
                Fault.MECHANISM_PARAM_INVALID,
                assertThrows(HsmException.class, call).fault());
    }

    @Test
    void an_hmac_row_takes_generic_secrets_and_keys_of_its_own_type_alone() {
        Mechanism hmac = TABLE.require(Ckm.CKM_SHA256_HMAC);
        assertTrue(hmac.takes(Ckk.CKK_GENERIC_SECRET));
        assertTrue(hmac.takes(Ckk.CKK_SHA256_HMAC));
        assertFalse(hmac.takes(Ckk.CKK_SHA384_HMAC));
        assertFalse(hmac.takes(Ckk.CKK_AES));
    }

    @Test
    void types_come_in_ascending_order_and_an_unknown_one_is_mechanism_invalid() {
        long before = -1;
        for (long type : TABLE.types()) {
            assertTrue(type > before);
            before = type;
        }
        HsmException e = assertThrows(HsmException.class, () -> TABLE.require(Ckm.CKM_RC2_CBC));
        assertEquals(Fault.MECHANISM_INVALID, e.fault());
    }

    @Test
    void two_rows_of_one_type_are_refused() {
        MechanismFamily family = new DigestFamily(new Engines());
        MechanismTable table = new MechanismTable(() -> List.of(family, family));
        assertThrows(IllegalStateException.class, table::types);
    }

    @Test
    void looking_at_the_rows_loads_no_engine() {
        Engines engines = new Engines(Set.of());
        MechanismTable table = Families.table(engines);
        assertEquals(TABLE.types(), table.types());
        assertEquals(TABLE.keyTypes(), table.keyTypes());
        assertEquals(List.of(), engines.status());
    }
}
