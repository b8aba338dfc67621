// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.math.BigInteger;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** How many bits of work a key costs who guesses it (NIST SP 800-57 part 1, table 2). */
final class Strength {
    private static final int MOST = 256;

    /** RSA below this is weaker than any key worth wrapping. */
    private static final int RSA_LEAST = 2048;

    private Strength() {}

    /** Of a secret or private key that is to be wrapped. */
    static int of(HsmObject key) {
        if (key.keyType() == Ckk.CKK_RSA) {
            int bits = modulusBits(key);
            return bits < RSA_LEAST ? 80 : bits < 3072 ? 112 : bits < 7680 ? 128 : 192;
        }
        SecretBytes value = key.secrets().get(Cka.CKA_VALUE);
        if (value == null) {
            return MOST;
        }
        boolean half = key.objectClass() == Cko.CKO_PRIVATE_KEY;
        return Math.min(MOST, value.length() * (half ? 4 : 8));
    }

    /**
     * Of a wrapping key. A public key that is large enough counts as strong as any: RSA that wraps AES-256 is what all the
     * world does, and no RSA key of a usual size would do by the table.
     */
    static int toWrap(HsmObject key) {
        if (key.objectClass() == Cko.CKO_PUBLIC_KEY) {
            return key.keyType() == Ckk.CKK_RSA && modulusBits(key) < RSA_LEAST ? 0 : MOST;
        }
        // Three-key DES costs 112 bits by meeting in the middle.
        return key.keyType() == Ckk.CKK_DES3 || key.keyType() == Ckk.CKK_DES2 ? 112 : of(key);
    }

    private static int modulusBits(HsmObject key) {
        return new BigInteger(1, key.attributes().bytes(Cka.CKA_MODULUS)).bitLength();
    }
}
