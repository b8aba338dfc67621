// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;

/** Keys of CKK_X9_42_DH: CKA_PRIME, CKA_BASE and CKA_SUBPRIME with CKA_VALUE (PKCS#11 3.2 section 6.4, RFC 3279 section 2.3.3). */
final class X942KeyCodec extends FiniteFieldKeyCodec<X942Group> {
    private static final byte[] NUMBER = {Der.OBJECT_IDENTIFIER, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3e, 2, 1};

    X942KeyCodec() {
        super(Ckk.CKK_X9_42_DH, NUMBER, List.of(Cka.CKA_PRIME, Cka.CKA_BASE, Cka.CKA_SUBPRIME));
    }

    @Override
    X942Group group(List<BigInteger> parameters) {
        return new X942Group(parameters.get(0), parameters.get(1), parameters.get(2));
    }
}
