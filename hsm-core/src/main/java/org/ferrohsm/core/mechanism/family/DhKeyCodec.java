// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.mechanism.NewKey;

/** Keys of CKK_DH: CKA_PRIME and CKA_BASE with CKA_VALUE (PKCS#11 3.2 section 6.4). */
final class DhKeyCodec extends FiniteFieldKeyCodec<DhGroup> {
    private static final byte[] PKCS3 = {
        Der.OBJECT_IDENTIFIER, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 3, 1
    };

    DhKeyCodec() {
        super(Ckk.CKK_DH, PKCS3, List.of(Cka.CKA_PRIME, Cka.CKA_BASE));
    }

    @Override
    DhGroup group(List<BigInteger> parameters) {
        return new DhGroup(parameters.get(0), parameters.get(1));
    }

    @Override
    NewKey privateKey(DhGroup group, BigInteger value) {
        NewKey key = super.privateKey(group, value);
        return new NewKey(
                key.attributes().toBuilder()
                        .put(Cka.CKA_VALUE_BITS, (long) value.bitLength())
                        .build(),
                key.secrets());
    }
}
