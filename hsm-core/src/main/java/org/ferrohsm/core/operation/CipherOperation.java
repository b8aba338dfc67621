// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.mechanism.CipherStream;

/** An encryption or decryption under way. */
public sealed class CipherOperation extends Operation permits MessageCipher {
    private final CipherStream stream;

    public CipherOperation(CipherStream stream, Lease lease) {
        super(lease);
        this.stream = stream;
    }

    /** Takes in a part and gives what is ready. */
    public final Output update(byte[] part, int room) {
        takePart();
        return produce(
                room, stream.updateSize(part.length), stream.sizesExact(), () -> stream.update(part, 0, part.length));
    }

    /** Takes in the last part and gives the rest. */
    public final Output finish(byte[] last, int room) {
        return produce(
                room, stream.finishSize(last.length), stream.sizesExact(), () -> stream.finish(last, 0, last.length));
    }
}
