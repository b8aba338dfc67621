// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.mechanism.Verifier;

/** A signature or MAC being checked. */
public final class VerifyOperation extends Operation {
    private final Verifier verifier;

    public VerifyOperation(Verifier verifier, Lease lease) {
        super(lease);
        this.verifier = verifier;
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
    public void finish(byte[] last, byte[] signature) {
        bind(last);
        verifier.update(last, 0, last.length);
        verifier.verify(signature);
        settle();
    }
}
