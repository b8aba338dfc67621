// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.mechanism.Verifier;

/** The verification of a signature that came before the data (PKCS#11 3.2 sections 5.15.7 to 5.15.10). */
public final class SignedOperation extends Operation {
    private final Verifier verifier;
    private final byte[] signature;

    public SignedOperation(Verifier verifier, byte[] signature, Lease lease) {
        super(lease);
        this.verifier = verifier;
        this.signature = signature;
    }

    /** Takes in a part. */
    public void update(byte[] part) {
        takePart();
        bind(part);
        verifier.update(part, 0, part.length);
    }

    /**
     * Checks the signature over all parts and {@code last}.
     *
     * @throws org.ferrohsm.core.fault.HsmException SIGNATURE_INVALID, SIGNATURE_LEN_RANGE
     */
    public void finish(byte[] last) {
        bind(last);
        verifier.update(last, 0, last.length);
        verifier.verify(signature);
        settle();
    }
}
