// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;

/** Keys of CKK_DSA: CKA_PRIME, CKA_SUBPRIME and CKA_BASE with CKA_VALUE (PKCS#11 3.2 section 6.2, RFC 3279 section 2.3.2). */
final class DsaKeyCodec extends FiniteFieldKeyCodec<DsaGroup> {
    private static final byte[] DSA = {Der.OBJECT_IDENTIFIER, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x38, 4, 1};

    DsaKeyCodec() {
        super(Ckk.CKK_DSA, DSA, List.of(Cka.CKA_PRIME, Cka.CKA_SUBPRIME, Cka.CKA_BASE));
    }

    @Override
    DsaGroup group(List<BigInteger> parameters) {
        return new DsaGroup(parameters.get(0), parameters.get(1), parameters.get(2));
    }
}
