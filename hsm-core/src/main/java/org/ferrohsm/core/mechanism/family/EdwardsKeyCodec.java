// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys of CKK_EC_EDWARDS, whose CKA_VALUE is the seed (RFC 8032). */
final class EdwardsKeyCodec extends OctetKeyCodec<EdwardsCurve> {
    EdwardsKeyCodec() {
        super(Ckk.CKK_EC_EDWARDS, EdwardsCurve.ALL);
    }

    /** Some callers give the seed with the public key behind it, as OpenSSH and NaCl keep it. */
    @Override
    SecretBytes given(EdwardsCurve curve, SecretBytes value) {
        int width = curve.width();
        if (value.length() != 2 * width) {
            return super.given(curve, value);
        }
        return value.use(bytes -> {
            SecretBytes seed = SecretBytes.adopt(Arrays.copyOf(bytes, width));
            byte[] point = curve.publicKey(seed);
            if (!Arrays.equals(bytes, width, bytes.length, point, 0, point.length)) {
                seed.close();
                throw Fault.ATTRIBUTE_VALUE_INVALID.because("the public key behind the seed is another's");
            }
            return seed;
        });
    }
}
