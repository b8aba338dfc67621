// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** A keyed pseudorandom function: an HMAC, or a CMAC or XCBC of a block cipher. */
final class Prf {
    private static final int BLOCK = 16;

    private final long mechanism;
    private final Engines engines;
    private final int length;

    private Prf(long mechanism, Engines engines, int length) {
        this.mechanism = mechanism;
        this.engines = engines;
        this.length = length;
    }

    /** The function CKM_* {@code mechanism}; MECHANISM_PARAM_INVALID if there is none, or one for old data only. */
    static Prf of(long mechanism, Engines engines) {
        if (mechanism == Ckm.CKM_AES_CMAC || mechanism == Ckm.CKM_AES_XCBC_MAC) {
            return new Prf(mechanism, engines, BLOCK);
        }
        return new Prf(mechanism, engines, DigestAlgorithm.ofPrf(mechanism).length());
    }

    /** Length of its output in bytes. */
    int length() {
        return length;
    }

    /** The function under a key; KEY_TYPE_INCONSISTENT if it does not take such keys. */
    MacFunction under(HsmObject key) {
        return under(Checks.secretValue(key));
    }

    /** The function under these bytes. */
    MacFunction under(SecretBytes key) {
        if (mechanism != Ckm.CKM_AES_CMAC && mechanism != Ckm.CKM_AES_XCBC_MAC) {
            return HmacKey.initialised(DigestAlgorithm.ofPrf(mechanism), key, engines);
        }
        if (!SecretKeyType.AES.isLength(key.length())) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("no AES key has " + key.length() + " bytes");
        }
        CipherKey cipherKey = new CipherKey(BlockCipher.AES, CipherKey.lent(key, BlockCipher.AES), engines);
        ChainedMac.Kind kind = mechanism == Ckm.CKM_AES_CMAC ? ChainedMac.Kind.CMAC : ChainedMac.Kind.XCBC;
        return new ChainedMac(cipherKey, kind, engines);
    }

    /** The function of these parts in a row. */
    static byte[] run(MacFunction function, byte[]... parts) {
        for (byte[] part : parts) {
            function.update(part, 0, part.length);
        }
        return function.finish();
    }
}
