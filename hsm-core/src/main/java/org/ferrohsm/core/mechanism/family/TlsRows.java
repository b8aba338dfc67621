// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.object.HsmObject;

/** What every row of TLS 1.0 to 1.2 has: a generic secret, and master secrets of one length (RFC 5246 section 8.1). */
final class TlsRows {
    /** In bytes. */
    static final int MASTER = 48;

    private TlsRows() {}

    static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_GENERIC_SECRET)
                .keySizes(SecretKeyType.GENERIC.min(), SecretKeyType.GENERIC.max());
    }

    static void requireMaster(HsmObject base) {
        if (Checks.secretValue(base).length() != MASTER) {
            throw Fault.KEY_SIZE_RANGE.because("a secret of another length than 48 bytes");
        }
    }
}
