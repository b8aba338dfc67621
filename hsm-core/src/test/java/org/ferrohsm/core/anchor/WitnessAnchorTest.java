// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.tlog.Checkpoint;
import org.ferrohsm.core.tlog.ConsistencyCheck;
import org.ferrohsm.core.tlog.NoteAlgorithm;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteSigner;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.ferrohsm.core.tlog.SignedNote;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessAnchorTest {
    @TempDir
    Path folder;

    private final Engines engines = new Engines();

    /** A witness of one log, by the letter of C2SP tlog-witness. */
    private final class Witness {
        private final NoteSigner signer;
        private final List<Integer> answers = new ArrayList<>();
        private List<NoteKey> logKeys = List.of();
        private long size;
        private byte[] root = new byte[0];

        Witness(NoteAlgorithm algorithm) {
            signer = NoteSigner.generate(engines, "witness.example/w", algorithm);
        }

        Peer.Reply answer(String method, String path, String body) {
            Peer.Reply reply = method.equals("POST") && path.equals("/prefix/add-checkpoint")
                    ? add(body)
                    : new Peer.Reply(405, new byte[0]);
            answers.add(reply.status());
            return reply;
        }

        private Peer.Reply add(String body) {
            int end = body.indexOf("\n\n");
            List<String> lines = body.substring(0, end).lines().toList();
            List<byte[]> proof = new ArrayList<>();
            lines.subList(1, lines.size())
                    .forEach(line -> proof.add(Base64.getDecoder().decode(line)));
            Checkpoint checkpoint;
            try {
                checkpoint = SignedNote.parse(body.substring(end + 2)).verify(new NoteVerifier(engines), logKeys);
            } catch (NoteException e) {
                return new Peer.Reply(403, new byte[0]);
            }
            if (!lines.get(0).matches("old (0|[1-9][0-9]*)") || proof.size() > 63) {
                return new Peer.Reply(400, new byte[0]);
            }
            long old = Long.parseLong(lines.get(0).substring(4));
            if (old > checkpoint.size()) {
                return new Peer.Reply(400, new byte[0]);
            }
            if (old != size) {
                return new Peer.Reply(409, (size + "\n").getBytes(UTF_8));
            }
            if (!ConsistencyCheck.isConsistent(old, root, checkpoint.size(), checkpoint.root(), proof)) {
                return new Peer.Reply(422, new byte[0]);
            }
            size = checkpoint.size();
            root = checkpoint.root();
            return new Peer.Reply(200, (signer.sign(checkpoint, 1_700_000_000).format() + "\n").getBytes(UTF_8));
        }
    }

    private Peer serve(Witness witness) {
        return new Peer((exchange, body) -> witness.answer(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), new String(body, UTF_8)));
    }

    private static String place(Peer peer, Witness witness) {
        return "witness:" + peer.url() + "/prefix/#" + witness.signer.key().text();
    }

    @Test
    void a_witness_cosigns_each_checkpoint_that_continues_the_last() throws Exception {
        for (NoteAlgorithm algorithm :
                List.of(NoteAlgorithm.ED25519_COSIGNATURE, NoteAlgorithm.ML_DSA_44_COSIGNATURE)) {
            Witness witness = new Witness(algorithm);
            try (Peer peer = serve(witness);
                    AnchoredLog log = new AnchoredLog(Files.createTempDirectory(folder, "log"), place(peer, witness))) {
                SignedNote note = log.grow(1);
                witness.logKeys = log.checkpoints.publicKeys();
                for (int more : new int[] {1, 2, 3, 5, 8, 13, 600, 1}) {
                    log.deliver();
                    SignedNote kept = SignedNote.parse(Files.readString(log.receipt(note, "checkpoint")));
                    assertEquals(note.text(), kept.text());
                    kept.verify(new NoteVerifier(engines), List.of(witness.signer.key()));
                    note = log.grow(more);
                }
                assertTrue(witness.answers.stream().allMatch(status -> status == 200), witness.answers.toString());
            }
        }
    }

    @Test
    void a_program_that_starts_anew_learns_from_the_witness_how_far_it_has_come() {
        Witness witness = new Witness(NoteAlgorithm.ED25519_COSIGNATURE);
        try (Peer peer = serve(witness);
                AnchoredLog log = new AnchoredLog(folder, place(peer, witness))) {
            log.grow(9);
            witness.logKeys = log.checkpoints.publicKeys();
            log.deliver();
            log.grow(5);
            log.again().deliver().forEach(status -> assertEquals(0, status.pending()));
            assertEquals(List.of(200, 409, 200), witness.answers);
        }
    }

    @Test
    void a_witness_that_saw_another_history_or_answers_wrongly_is_away() {
        Witness witness = new Witness(NoteAlgorithm.ED25519_COSIGNATURE);
        try (Peer peer = serve(witness);
                AnchoredLog log = new AnchoredLog(folder, place(peer, witness))) {
            log.grow(9);
            witness.logKeys = log.checkpoints.publicKeys();
            witness.size = 3;
            witness.root = new byte[32];
            log.fail();
            witness.size = 1000;
            assertTrue(String.valueOf(log.fail().problem()).contains("put back"));
            witness.logKeys = List.of();
            log.fail();
            assertEquals(List.of(409, 422, 409, 403), witness.answers);
        }
        Witness other = new Witness(NoteAlgorithm.ED25519_COSIGNATURE);
        try (Peer peer = serve(other);
                AnchoredLog log = new AnchoredLog(folder, place(peer, witness))) {
            log.grow(1);
            other.logKeys = log.checkpoints.publicKeys();
            assertTrue(String.valueOf(log.fail().problem()).contains("no known key"));
        }
    }
}
