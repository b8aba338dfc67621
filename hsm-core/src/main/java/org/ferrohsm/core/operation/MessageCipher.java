// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.operation;

import org.ferrohsm.core.audit.Lease;

/** One message being encrypted or decrypted. */
public final class MessageCipher extends CipherOperation {
    private final TaggedStream stream;
    private final byte[] nonce;

    public MessageCipher(TaggedStream stream, byte[] nonce, Lease lease) {
        super(stream, lease);
        this.stream = stream;
        this.nonce = nonce;
    }

    /** Where the tag goes in or comes out. */
    public TaggedStream stream() {
        return stream;
    }

    /** The message's nonce, complete. */
    public byte[] nonce() {
        return nonce;
    }
}
