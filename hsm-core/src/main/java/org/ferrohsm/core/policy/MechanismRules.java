// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.AeadParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.jspecify.annotations.Nullable;

/** Which mechanisms a token serves, and with what parameters. */
final class MechanismRules {
    private static final long LEAST_TAG_BITS = 96;
    private static final long LEAST_MAC_BYTES = 8;

    private MechanismRules() {}

    /** The IV that the caller chose for an authenticated cipher, or null if there is none or the token makes it. */
    static byte @Nullable [] broughtIv(MechanismCall call) {
        boolean made =
                call.parameters() instanceof MessageParameters message && message.generator() != Ckg.CKG_NO_GENERATE;
        return !made && call.parameters() instanceof AeadParameters aead ? aead.nonce() : null;
    }

    private static long tagBits(MechanismCall call) {
        return call.parameters() instanceof AeadParameters aead ? aead.tagBits() : LEAST_TAG_BITS;
    }

    static void served(Policy policy, Mechanism mechanism) {
        if (!serves(policy, mechanism)) {
            throw Fault.MECHANISM_INVALID.because("the token's security profile does not serve " + mechanism.name());
        }
    }

    static boolean serves(Policy policy, Mechanism mechanism) {
        boolean legacy = policy.has(Rule.NO_LEGACY) && mechanism.legacy();
        return !legacy && (!policy.has(Rule.APPROVED) || Approved.MECHANISMS.contains(mechanism.type()));
    }

    static void use(Policy policy, MechanismCall call, long usage) {
        if (policy.has(Rule.NO_PKCS1_DECRYPTION) && call.type() == Ckm.CKM_RSA_PKCS && usage == Cka.CKA_DECRYPT) {
            throw Fault.MECHANISM_INVALID.because("the token's security profile does not decrypt by PKCS#1 v1.5");
        }
        if (policy.has(Rule.LONG_TAGS) && Long.compareUnsigned(tagBits(call), LEAST_TAG_BITS) < 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a tag has " + LEAST_TAG_BITS + " bits at least");
        }
        boolean chosenIv = broughtIv(call) != null;
        if (policy.has(Rule.TOKEN_MAKES_IVS) && chosenIv && usage == Cka.CKA_ENCRYPT) {
            throw Fault.MECHANISM_PARAM_INVALID.because(
                    "the token makes the IVs: encrypt by messages that ask for one (C_MessageEncryptInit)");
        }
        if (policy.has(Rule.WRAPPING_MECHANISMS) && chosenIv && usage == Cka.CKA_WRAP) {
            throw Fault.MECHANISM_PARAM_INVALID.because("two keys that are wrapped with one IV show each other");
        }
        boolean shortMac = call.parameters() instanceof MacLengthParameters mac
                && Long.compareUnsigned(mac.bytes(), LEAST_MAC_BYTES) < 0;
        if (policy.has(Rule.LONG_MACS) && shortMac) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a MAC has " + LEAST_MAC_BYTES + " bytes at least");
        }
    }
}
