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
        this.stream = lease.withholds() ? new WithheldStream(stream) : stream;
    }

    /** Takes in a part and gives what is ready. */
    public final Output update(byte[] part, int room) {
        takePart();
        if (withholds()) {
            return withheld(part, room);
        }
        return produce(
                room, stream.updateSize(part.length), stream.sizesExact(), () -> stream.update(part, 0, part.length));
    }

    private Output withheld(byte[] part, int room) {
        if (room == Output.QUERY) {
            return Output.lengthOnly(0);
        }
        bind(part);
        return Output.of(stream.update(part, 0, part.length));
    }

    /** Takes in the last part and gives the rest. */
    public final Output finish(byte[] last, int room) {
        return produce(room, stream.finishSize(last.length), stream.sizesExact(), () -> {
            bind(last);
            return stream.finish(last, 0, last.length);
        });
    }
}
