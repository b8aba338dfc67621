// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import org.ferrohsm.core.ck.Ckf;
import org.jspecify.annotations.Nullable;

/** The flags that follow from what a row can do (PKCS#11 3.2 section 3.5, CK_MECHANISM_INFO). */
final class MechanismFlags {
    private MechanismFlags() {}

    static long of(Mechanism row) {
        return flag(row.signer(), Ckf.CKF_SIGN)
                | flag(row.verifier(), Ckf.CKF_VERIFY)
                | flag(row.encryptor(), Ckf.CKF_ENCRYPT)
                | flag(row.decryptor(), Ckf.CKF_DECRYPT)
                | flag(row.digester(), Ckf.CKF_DIGEST)
                | flag(row.keyMaker(), Ckf.CKF_GENERATE)
                | flag(row.keyPairMaker(), Ckf.CKF_GENERATE_KEY_PAIR)
                | flag(row.deriver(), Ckf.CKF_DERIVE)
                | flag(row.setDeriver(), Ckf.CKF_DERIVE)
                | flag(row.wrapper(), Ckf.CKF_WRAP | Ckf.CKF_UNWRAP)
                | flag(row.encapsulator(), Ckf.CKF_ENCAPSULATE | Ckf.CKF_DECAPSULATE)
                | flag(row.signRecoverer(), Ckf.CKF_SIGN_RECOVER)
                | flag(row.verifyRecoverer(), Ckf.CKF_VERIFY_RECOVER)
                | ofMessages(row);
    }

    /** Every message may also come in parts, which is what CKF_MULTI_MESSAGE says (C_...MessageBegin). */
    private static long ofMessages(Mechanism row) {
        long ciphers = flag(row.encryptor(), Ckf.CKF_MESSAGE_ENCRYPT) | flag(row.decryptor(), Ckf.CKF_MESSAGE_DECRYPT);
        long flags = (row.messageForm() != null ? ciphers : 0)
                | (row.signsMessages() ? Ckf.CKF_MESSAGE_SIGN : 0)
                | (row.verifiesMessages() ? Ckf.CKF_MESSAGE_VERIFY : 0);
        return flags == 0 ? 0 : flags | Ckf.CKF_MULTI_MESSAGE;
    }

    private static long flag(@Nullable Object capability, long flag) {
        return capability == null ? 0 : flag;
    }
}
