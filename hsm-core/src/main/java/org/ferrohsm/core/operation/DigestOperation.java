// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Digester;

/** A digest being made. */
public final class DigestOperation extends Operation {
    private final Digester digester;

    public DigestOperation(Digester digester) {
        super(null);
        this.digester = digester;
    }

    /** Takes in a part. */
    public void update(byte[] part) {
        takePart();
        digester.update(part, 0, part.length);
    }

    /**
     * An independent operation that has taken in the same.
     *
     * @throws org.ferrohsm.core.fault.HsmException STATE_UNSAVEABLE if the engine cannot do that
     */
    public DigestOperation copy() {
        Digester twin = digester.copy();
        if (twin == null) {
            throw Fault.STATE_UNSAVEABLE.because("the engine cannot copy a running digest");
        }
        DigestOperation copy = new DigestOperation(twin);
        if (inParts()) {
            copy.takePart();
        }
        return copy;
    }

    /** The digest of all parts and {@code last}. */
    public Output finish(byte[] last, int room) {
        return produce(room, digester.length(), true, () -> {
            digester.update(last, 0, last.length);
            return digester.digest();
        });
    }
}
