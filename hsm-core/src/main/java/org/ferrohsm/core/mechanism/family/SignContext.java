// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.ck.Ckh;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.parameter.HashSignContextParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.SignContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of an ML-DSA or SLH-DSA signature say (FIPS 204 sections 5.2 and 5.4, FIPS 205 section 10.2).
 *
 * @param deterministic whether the signature must not depend on random numbers
 * @param preHash the hash whose digest is signed, null where the message itself is
 * @param context the context string
 */
record SignContext(boolean deterministic, @Nullable PreHash preHash, byte[] context) {
    private static final int MAX_CONTEXT = 255;

    /** MECHANISM_PARAM_INVALID for a hedge that is none and for a context that is too long. */
    private static SignContext of(long hedge, @Nullable PreHash preHash, byte[] context) {
        if (hedge != Ckh.CKH_HEDGE_PREFERRED
                && hedge != Ckh.CKH_HEDGE_REQUIRED
                && hedge != Ckh.CKH_DETERMINISTIC_REQUIRED) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no hedge variant " + hedge);
        }
        if (context.length > MAX_CONTEXT) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a context of " + context.length + " bytes");
        }
        return new SignContext(hedge == Ckh.CKH_DETERMINISTIC_REQUIRED, preHash, context);
    }

    /** Of a mechanism whose name says the hash, or null for none; without parameters hedged and without context. */
    static SignContext of(MechanismParameters given, @Nullable PreHash preHash) {
        if (given instanceof NoParameters) {
            return new SignContext(false, preHash, new byte[0]);
        }
        SignContextParameters parameters = Checks.parameters(SignContextParameters.class, given);
        return of(parameters.hedge(), preHash, parameters.context());
    }

    /** Of a mechanism whose parameters say the hash. */
    static SignContext withHash(MechanismParameters given) {
        HashSignContextParameters parameters = Checks.parameters(HashSignContextParameters.class, given);
        return of(parameters.hedge(), PreHash.ofMechanism(parameters.hash()), parameters.context());
    }

    /** What stands before the message or its digest. */
    byte[] prefix() {
        byte[] oid = preHash == null ? new byte[0] : preHash.oid();
        byte[] prefix = new byte[2 + context.length + oid.length];
        prefix[0] = (byte) (preHash == null ? 0 : 1);
        prefix[1] = (byte) context.length;
        System.arraycopy(context, 0, prefix, 2, context.length);
        System.arraycopy(oid, 0, prefix, 2 + context.length, oid.length);
        return prefix;
    }

    /** DATA_LEN_RANGE unless a digest that the caller gives has the length of its hash's. */
    void checkDigest(long length) {
        if (preHash != null && length != preHash.length()) {
            throw Fault.DATA_LEN_RANGE.because("a digest of " + length + " bytes");
        }
    }
}
