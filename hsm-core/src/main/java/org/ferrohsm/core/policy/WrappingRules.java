// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;

/** By what a key may leave. */
final class WrappingRules {
    /** Mechanisms whose wrapped form cannot be changed unnoticed. */
    private static final Set<Long> MECHANISMS = Set.of(
            Ckm.CKM_AES_KEY_WRAP,
            Ckm.CKM_AES_KEY_WRAP_PAD,
            Ckm.CKM_AES_KEY_WRAP_KWP,
            Ckm.CKM_AES_KEY_WRAP_PKCS7,
            Ckm.CKM_RSA_PKCS_OAEP,
            Ckm.CKM_RSA_AES_KEY_WRAP,
            Ckm.CKM_ECDH_AES_KEY_WRAP,
            Ckm.CKM_ECDH_COF_AES_KEY_WRAP,
            Ckm.CKM_ECDH_X_AES_KEY_WRAP,
            Ckm.CKM_AES_GCM,
            Ckm.CKM_AES_CCM,
            Ckm.CKM_CHACHA20_POLY1305);

    private static final Set<Long> FROM_PASSWORDS = Set.of(
            Ckm.CKM_PKCS5_PBKD2,
            Ckm.CKM_PBE_SHA1_DES3_EDE_CBC,
            Ckm.CKM_PBE_SHA1_DES2_EDE_CBC,
            Ckm.CKM_PBA_SHA1_WITH_SHA1_HMAC);

    private WrappingRules() {}

    /**
     * Other mechanisms would show what is wrapped, by their padding for one. A secret key that is known outside, such as
     * one that was made of a password for a PKCS#12 file, has wrapped no sensitive key here.
     */
    static void unwrapBy(Policy policy, long mechanism, HsmObject key) {
        boolean known = key.objectClass() == Cko.CKO_SECRET_KEY
                && !unknown(key)
                && !key.attributes().flag(Cka.CKA_TRUSTED);
        if (!known) {
            wrapBy(policy, mechanism);
        }
    }

    static void wrapBy(Policy policy, long mechanism) {
        if (policy.has(Rule.WRAPPING_MECHANISMS) && !MECHANISMS.contains(mechanism)) {
            throw Fault.MECHANISM_INVALID.because(
                    Ckm.name(mechanism) + " does not protect the integrity of what it wraps");
        }
    }

    static void wrap(Policy policy, HsmObject wrappingKey, HsmObject key) {
        AttributeSet outer = wrappingKey.attributes();
        AttributeSet inner = key.attributes();
        boolean trusted = outer.flag(Cka.CKA_TRUSTED);
        if (policy.has(Rule.TRUSTED_WRAPS) && !trusted) {
            throw Fault.KEY_NOT_WRAPPABLE.because("only a key that the SO trusts wraps others");
        }
        if (policy.has(Rule.TRANSPORT_STAYS)
                && (inner.flag(Cka.CKA_WRAP) || inner.flag(Cka.CKA_UNWRAP))
                && key.objectClass() == Cko.CKO_SECRET_KEY) {
            throw Fault.KEY_NOT_WRAPPABLE.because("a secret key that wraps or unwraps is not wrapped itself");
        }
        if (policy.has(Rule.WRAPPING_KEY_UNKNOWN)
                && inner.flag(Cka.CKA_SENSITIVE)
                && !trusted
                && !unknown(wrappingKey)) {
            throw Fault.KEY_NOT_WRAPPABLE.because(
                    "a sensitive key is wrapped by a sensitive key that was generated here,"
                            + " or by one that the SO trusts");
        }
        if (policy.has(Rule.WRAPPING_KEY_STRONG) && Strength.of(key) > Strength.toWrap(wrappingKey)) {
            throw Fault.WRAPPING_KEY_SIZE_RANGE.because("the wrapping key is weaker than the key");
        }
    }

    /** Whether nobody outside can have the key that opens what this one wraps; of a public key nothing shows it. */
    private static boolean unknown(HsmObject key) {
        AttributeSet attributes = key.attributes();
        return key.objectClass() == Cko.CKO_SECRET_KEY
                && attributes.flag(Cka.CKA_LOCAL)
                && attributes.flag(Cka.CKA_ALWAYS_SENSITIVE)
                && !fromPassword(attributes.number(Cka.CKA_KEY_GEN_MECHANISM, -1));
    }

    /** Whether who knows the password can repeat what this mechanism generates. */
    static boolean fromPassword(long mechanism) {
        return FROM_PASSWORDS.contains(mechanism);
    }
}
