// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.mechanism.Signer;

/** A signature or MAC being made. */
public final class SignOperation extends Operation {
    private final Signer signer;

    public SignOperation(Signer signer, Lease lease) {
        super(lease);
        this.signer = signer;
    }

    /** Takes in a part. */
    public void update(byte[] part) {
        takePart();
        bind(part);
        signer.update(part, 0, part.length);
    }

    /** The signature over all parts and {@code last}. */
    public Output finish(byte[] last, int room) {
        return produce(room, signer.signatureLength(), true, () -> {
            bind(last);
            signer.update(last, 0, last.length);
            return signer.sign();
        });
    }
}
