// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.nio.charset.StandardCharsets;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.governance.people.Approver;
import org.ferrohsm.core.governance.people.ApproverKey;

/**
 * A signed verdict on one request.
 *
 * @param request the request's digest
 * @param verdict what is said of it
 * @param key the approver's public key, 32 bytes
 * @param time milliseconds since 1970-01-01T00:00Z by the approver's clock
 * @param signature Ed25519 over {@link #signed}
 */
public record Vote(byte[] request, Verdict verdict, byte[] key, long time, byte[] signature) {
    private static final byte[] PURPOSE = "ferrohsm-approval-vote-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final long FORMAT = 1;
    private static final int SIGNATURE = 64;

    /** A vote by a key's holder. */
    public static Vote cast(byte[] request, Verdict verdict, ApproverKey key, long time) {
        byte[] holder = key.publicKey();
        return new Vote(request, verdict, holder, time, key.sign(signed(request, verdict, holder, time)));
    }

    /** What is signed: {@code purpose || 0x00 ||} the fields 1 to 5. */
    public static byte[] signed(byte[] request, Verdict verdict, byte[] key, long time) {
        byte[] fields = CborWriter.encode(fields(request, verdict, key, time).dictionary());
        byte[] message = new byte[PURPOSE.length + fields.length];
        System.arraycopy(PURPOSE, 0, message, 0, PURPOSE.length);
        System.arraycopy(fields, 0, message, PURPOSE.length, fields.length);
        return message;
    }

    byte[] signed() {
        return signed(request, verdict, key, time);
    }

    private static RecordFields fields(byte[] request, Verdict verdict, byte[] key, long time) {
        RecordFields fields = new RecordFields();
        fields.put(1, FORMAT);
        fields.put(2, request);
        fields.put(3, verdict.code());
        fields.put(4, key);
        fields.put(5, time);
        return fields;
    }

    /** The canonical bytes. */
    public byte[] encode() {
        RecordFields fields = fields(request, verdict, key, time);
        fields.put(6, signature);
        return CborWriter.encode(fields.dictionary());
    }

    /** What {@link #encode} gave; {@link CborException} if it is something else. */
    public static Vote decode(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != FORMAT) {
            throw new CborException("another version of the format");
        }
        Vote vote = new Vote(
                fields.bytes(2, Subject.HASH),
                Verdict.of(fields.number(3)),
                fields.bytes(4, Approver.KEY_LENGTH),
                fields.number(5),
                fields.bytes(6, SIGNATURE));
        fields.requireNoMore();
        return vote;
    }
}
