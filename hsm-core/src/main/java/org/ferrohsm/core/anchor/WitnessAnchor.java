// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.audit.AnchorException;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.ferrohsm.core.tlog.SignedNote;

/**
 * A witness (C2SP tlog-witness, {@code add-checkpoint}): it signs that the checkpoint continues all that it has seen of this
 * log. The cosigned checkpoint is kept as a receipt.
 */
final class WitnessAnchor implements Anchor {
    private static final int CONFLICT = 409;

    private final String name;
    private final URI addCheckpoint;
    private final NoteKey key;
    private final NoteVerifier verifier;
    private final Receipts receipts;
    private final HttpCall http = new HttpCall();
    private long known;

    /** {@code submissionPrefix} is the URL before {@code /add-checkpoint}. */
    WitnessAnchor(String name, URI submissionPrefix, NoteKey key, NoteVerifier verifier, Receipts receipts) {
        this.name = name;
        this.addCheckpoint = URI.create(submissionPrefix.toString().replaceFirst("/+$", "") + "/add-checkpoint");
        this.key = key;
        this.verifier = verifier;
        this.receipts = receipts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void keep(Statement statement) throws AnchorException {
        long size = statement.checkpoint().size();
        HttpCall.Answer answer = add(statement, known <= size ? known : 0);
        if (answer.status() == CONFLICT) {
            known = sizeIn(answer);
            if (known > size) {
                throw new AnchorException(
                        "the witness has seen " + known + " records of this log, and the checkpoint covers " + size
                                + " only: if that stays so, an old store has been put back",
                        null);
            }
            answer = add(statement, known);
        }
        if (answer.status() != 200) {
            throw new AnchorException(
                    "the witness " + key.name() + " refuses the checkpoint with HTTP status " + answer.status(), null);
        }
        SignedNote cosigned = cosigned(statement, answer);
        receipts.keep(size, "checkpoint", cosigned.format().getBytes(UTF_8));
        known = size;
    }

    private HttpCall.Answer add(Statement statement, long old) throws AnchorException {
        StringBuilder body = new StringBuilder("old ").append(old).append('\n');
        for (byte[] hash : statement.consistency().apply(old)) {
            body.append(Base64.getEncoder().encodeToString(hash)).append('\n');
        }
        body.append('\n').append(statement.note().format());
        return http.send("POST", addCheckpoint, Map.of(), body.toString().getBytes(UTF_8));
    }

    private static long sizeIn(HttpCall.Answer answer) throws AnchorException {
        String text = new String(answer.body(), UTF_8);
        if (!text.matches("(0|[1-9][0-9]{0,17})\n")) {
            throw new AnchorException("the witness answers 409 without a tree size", null);
        }
        return Long.parseLong(text.strip());
    }

    /** The checkpoint with the witness's signature, which has to be there and right. */
    private SignedNote cosigned(Statement statement, HttpCall.Answer answer) throws AnchorException {
        try {
            List<SignedNote.Line> lines = new ArrayList<>();
            for (String line : new String(answer.body(), UTF_8).lines().toList()) {
                lines.add(SignedNote.Line.parse(line));
            }
            SignedNote cosigned = statement.note().with(lines);
            cosigned.verify(verifier, List.of(key));
            return cosigned;
        } catch (NoteException e) {
            throw new AnchorException(
                    "the answer of the witness " + key.name() + " is not right: " + e.getMessage(), e);
        }
    }
}
