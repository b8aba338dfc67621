// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.engine.Engines;
import org.junit.jupiter.api.Test;

/** Notes, keys and checkpoints against the examples of their specifications, and what has to be refused. */
class NoteTest {
    private static final String VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private static final String NOTE = """
            This is an example message.

            \u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
            """;

    private final Engines engines = new Engines();
    private final NoteVerifier verifier = new NoteVerifier(engines);
    private final Checkpoint checkpoint = new Checkpoint("example.com/log", 5, TreeHash.leaf(new byte[] {1}));

    private SignedNote signed(NoteSigner... signers) {
        List<SignedNote.Line> lines = new ArrayList<>();
        for (NoteSigner signer : signers) {
            lines.add(signer.sign(checkpoint, 1_700_000_000));
        }
        return new SignedNote(checkpoint.text(), lines);
    }

    @Test
    void the_example_of_the_specification_reads_and_writes_as_it_stands_there() throws Exception {
        NoteKey key = NoteKey.parse(VKEY);
        assertEquals("example.com/foo", key.name());
        assertEquals(VKEY, key.text());
        SignedNote note = SignedNote.parse(NOTE);
        assertEquals("This is an example message.\n", note.text());
        assertEquals(NOTE, note.format());
    }

    @Test
    void each_algorithm_signs_and_verifies_and_a_changed_byte_is_refused() throws Exception {
        for (NoteAlgorithm algorithm : NoteAlgorithm.values()) {
            NoteSigner signer = NoteSigner.generate(engines, "example.com/log", algorithm);
            List<NoteKey> keys = List.of(NoteKey.parse(signer.key().text()));
            SignedNote note = SignedNote.parse(signed(signer).format());
            assertEquals(5, note.verify(verifier, keys).size());
            byte[] changed = note.signatures().get(0).signature().clone();
            changed[changed.length - 1] ^= 1;
            SignedNote forged = new SignedNote(
                    note.text(),
                    List.of(new SignedNote.Line("example.com/log", keys.get(0).id(), changed)));
            assertThrows(NoteException.class, () -> forged.verify(verifier, keys), algorithm.name());
            SignedNote other =
                    new SignedNote(new Checkpoint("example.com/log", 6, checkpoint.root()).text(), note.signatures());
            assertThrows(NoteException.class, () -> other.verify(verifier, keys), algorithm.name());
        }
    }

    @Test
    void a_note_that_no_known_key_has_signed_is_refused_and_unknown_signatures_are_ignored() throws Exception {
        NoteSigner known = NoteSigner.generate(engines, "example.com/log", NoteAlgorithm.ED25519);
        NoteSigner unknown = NoteSigner.generate(engines, "example.com/log", NoteAlgorithm.ED25519);
        List<NoteKey> keys = List.of(known.key());
        assertEquals(5, signed(unknown, known).verify(verifier, keys).size());
        assertThrows(NoteException.class, () -> signed(unknown).verify(verifier, keys));
    }

    @Test
    void an_ml_dsa_key_made_by_one_engine_signs_with_the_other() throws Exception {
        Engines bouncyCastle = new Engines(List.of(EngineSource.BOUNCY_CASTLE));
        for (Engines[] pair : new Engines[][] {{engines, bouncyCastle}, {bouncyCastle, engines}}) {
            NoteSigner made = NoteSigner.generate(pair[0], "a", NoteAlgorithm.ML_DSA_44_COSIGNATURE);
            NoteSigner read = NoteSigner.of(pair[1], made.key(), made.pkcs8());
            assertEquals(5, signed(read).verify(verifier, List.of(made.key())).size());
        }
    }

    @Test
    void text_that_is_not_of_the_format_is_refused() {
        for (String text : List.of(
                "",
                "a\n",
                "a\n\n",
                "a\n\n- b AAAAAAA=\n",
                "a\n\n\u2014 b AAAA\n",
                "a\n\n\u2014 b c AAAAAAA=\n",
                NOTE.stripTrailing())) {
            assertThrows(NoteException.class, () -> SignedNote.parse(text), text);
        }
        String root = checkpoint.text().lines().skip(2).findFirst().orElseThrow();
        for (String text : List.of(
                "a\n05\n" + root + "\n",
                "a\n-1\n" + root + "\n",
                "\n5\n" + root + "\n",
                "a\n5\n" + root,
                "a\n5\n" + root + "\nextension\n",
                "a\n5\nAAAA\n")) {
            assertThrows(NoteException.class, () -> Checkpoint.parse(text), text);
        }
        for (String text : List.of("", "a", VKEY + "A", VKEY.replace("530d", "530e"), VKEY.replace("+A", "+B"))) {
            assertThrows(NoteException.class, () -> NoteKey.parse(text), text);
        }
    }

    @Test
    void a_proof_reads_back_and_holds_for_its_leaf_alone() throws Exception {
        Frontier frontier = new Frontier();
        List<byte[]> leaves = List.of(new byte[] {1}, new byte[] {2}, new byte[] {3});
        leaves.forEach(leaf -> frontier.add(TreeHash.leaf(leaf)));
        NoteSigner signer = NoteSigner.generate(engines, "a", NoteAlgorithm.ED25519);
        Checkpoint head = new Checkpoint("a", 3, frontier.root());
        SignedNote note = new SignedNote(head.text(), List.of(signer.sign(head, 0)));
        List<byte[]> hashes =
                TreeProof.inclusion(1, 3, leaves.stream().map(TreeHash::leaf).iterator());
        String text = new InclusionProof(leaves.get(1), 1, hashes, note).format();
        assertTrue(InclusionProof.parse(text).isRight());
        assertEquals(text, InclusionProof.parse(text).format());
        assertEquals(
                false, InclusionProof.parse(text.replace("index 1", "index 0")).isRight());
        assertEquals(
                false, InclusionProof.parse(text.replace("index 1", "index 3")).isRight());
        assertThrows(NoteException.class, () -> InclusionProof.parse(text.replace("index", "indexes")));
    }

    @Test
    void a_signature_has_one_way_to_be_written() {
        String other = NOTE.replace("eyaQM=", "eyaQN=");
        assertThrows(NoteException.class, () -> SignedNote.parse(other));
    }
}
