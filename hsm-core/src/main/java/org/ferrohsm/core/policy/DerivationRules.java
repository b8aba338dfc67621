// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.object.HsmObject;

/** What may be made of a key. */
final class DerivationRules {
    /** 112 bits, the least that NIST SP 800-131A takes for a key; every derivation asks for 96. */
    private static final long LEAST_BYTES = 14;

    /** They put known and unknown bytes side by side, or cut the unknown ones: a byte at a time can be guessed. */
    private static final Set<Long> CUTTING = Set.of(
            Ckm.CKM_EXTRACT_KEY_FROM_KEY,
            Ckm.CKM_XOR_BASE_AND_DATA,
            Ckm.CKM_CONCATENATE_BASE_AND_DATA,
            Ckm.CKM_CONCATENATE_DATA_AND_BASE);

    /** Their output is a pseudo-random function's: a short one says nothing of the key, and protocols take nonces from it. */
    private static final Set<Long> PSEUDO_RANDOM = Set.of(
            Ckm.CKM_HKDF_DERIVE,
            Ckm.CKM_HKDF_DATA,
            Ckm.CKM_SP800_108_COUNTER_KDF,
            Ckm.CKM_SP800_108_FEEDBACK_KDF,
            Ckm.CKM_SP800_108_DOUBLE_PIPELINE_KDF);

    private DerivationRules() {}

    static void derive(Policy policy, MechanismCall call, HsmObject base, Template template, AttributeSet derived) {
        long mechanism = call.type();
        boolean joined = mechanism == Ckm.CKM_CONCATENATE_BASE_AND_KEY;
        if (policy.has(Rule.NO_TRUNCATION)) {
            if (CUTTING.contains(mechanism)) {
                throw Fault.MECHANISM_INVALID.because(Ckm.name(mechanism) + " shows a key byte by byte");
            }
            AttributeValue length = template.get(Cka.CKA_VALUE_LEN);
            boolean guessable = !PSEUDO_RANDOM.contains(mechanism)
                    && length != null
                    && (joined || Long.compareUnsigned(length.asLong(), LEAST_BYTES) < 0);
            if (guessable) {
                throw Fault.TEMPLATE_INCONSISTENT.because("so much of the key is cut off that the rest can be guessed");
            }
            // The specification warns of it: for other lengths of the keys, their bytes come back as an IV.
            boolean ivs = call.parameters() instanceof TlsKeyParameters keys && keys.ivBits() != 0;
            if (ivs && mechanism != Ckm.CKM_TLS12_KEY_SAFE_DERIVE && !readable(base)) {
                throw Fault.MECHANISM_PARAM_INVALID.because("IVs of a key that cannot be read: for other lengths of the"
                        + " keys they would be bytes of these (CKM_TLS12_KEY_SAFE_DERIVE makes none)");
            }
        }
        if (policy.has(Rule.STAYS_SENSITIVE)
                && joined
                && base.attributes().flag(Cka.CKA_SENSITIVE)
                && !derived.flag(Cka.CKA_SENSITIVE)) {
            throw Fault.TEMPLATE_INCONSISTENT.because("what holds a sensitive key is sensitive");
        }
    }

    /** Whether the value can be read anyway. */
    private static boolean readable(HsmObject base) {
        return !base.attributes().flag(Cka.CKA_SENSITIVE) && base.attributes().flag(Cka.CKA_EXTRACTABLE);
    }
}
