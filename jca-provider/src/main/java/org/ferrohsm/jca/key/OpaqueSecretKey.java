// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import javax.crypto.SecretKey;
import org.ferrohsm.core.ck.Cka;

/** A secret key in the token. */
public final class OpaqueSecretKey extends OpaqueKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    OpaqueSecretKey(KeyFacts facts, String algorithm) {
        super(facts, algorithm);
    }

    /** CKA_VALUE_LEN: the key's length in bytes. */
    public int valueLength() {
        ObjectReference object = reference();
        return object.token()
                .call(session -> object.with(
                        session,
                        handle -> (int) ObjectAttributes.read(object.token(), session, handle, Cka.CKA_VALUE_LEN)
                                .number(Cka.CKA_VALUE_LEN)));
    }

    @Override
    public void destroy() {
        super.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return super.isDestroyed();
    }
}
