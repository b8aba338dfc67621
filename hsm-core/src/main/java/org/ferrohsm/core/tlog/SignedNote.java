// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text and who signed it (C2SP signed-note).
 *
 * @param text ends with a newline
 * @param signatures in their order
 */
public record SignedNote(String text, List<Line> signatures) {
    /** The longest note that is read, in characters. */
    public static final int MAX_LENGTH = 1 << 17;

    private static final int MAX_SIGNATURES = 32;
    private static final Pattern LINE = Pattern.compile("\u2014 ([^\\s+]+) ([A-Za-z0-9+/]+={0,2})");

    /**
     * One signature.
     *
     * @param name the key's
     * @param keyId four bytes
     * @param signature what the key's algorithm made
     */
    public record Line(String name, byte[] keyId, byte[] signature) {
        /** Without its newline. */
        public String format() {
            byte[] all = Arrays.copyOf(keyId, keyId.length + signature.length);
            System.arraycopy(signature, 0, all, keyId.length, signature.length);
            return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(all);
        }

        /** Reads {@link #format} back. */
        public static Line parse(String line) throws NoteException {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new NoteException("a line that is no signature");
            }
            try {
                byte[] all = Base64.getDecoder().decode(matcher.group(2).getBytes(US_ASCII));
                if (all.length < NoteKey.ID_LENGTH + 1) {
                    throw new NoteException("a signature without a key's id");
                }
                Line signature = new Line(
                        matcher.group(1),
                        Arrays.copyOf(all, NoteKey.ID_LENGTH),
                        Arrays.copyOfRange(all, NoteKey.ID_LENGTH, all.length));
                if (!signature.format().equals(line)) {
                    throw new NoteException("a signature that is not in canonical base64");
                }
                return signature;
            } catch (IllegalArgumentException e) {
                throw new NoteException("a signature that is not base64");
            }
        }
    }

    /** The whole note. */
    public String format() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(line -> note.append(line.format()).append('\n'));
        return note.toString();
    }

    /** The same note with more signatures. */
    public SignedNote with(List<Line> more) {
        List<Line> all = new ArrayList<>(signatures);
        all.addAll(more);
        return new SignedNote(text, List.copyOf(all));
    }

    /** Reads {@link #format} back. */
    public static SignedNote parse(String note) throws NoteException {
        int end = note.lastIndexOf("\n\n");
        if (note.length() > MAX_LENGTH || end < 0 || !note.endsWith("\n") || note.length() == end + 2) {
            throw new NoteException("it is no signed note");
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
            lines.add(Line.parse(line));
        }
        if (lines.size() > MAX_SIGNATURES) {
            throw new NoteException("it has more than " + MAX_SIGNATURES + " signatures");
        }
        return new SignedNote(note.substring(0, end + 1), List.copyOf(lines));
    }

    /**
     * Reads the note as a checkpoint and checks every signature by one of {@code keys}; others are ignored.
     *
     * @throws NoteException if it is no checkpoint, one of their signatures is not right, or none has signed
     */
    public Checkpoint verify(NoteVerifier verifier, List<NoteKey> keys) throws NoteException {
        Checkpoint checkpoint = Checkpoint.parse(text);
        boolean signed = false;
        for (Line line : signatures) {
            for (NoteKey key : keys) {
                if (key.name().equals(line.name()) && Arrays.equals(key.id(), line.keyId())) {
                    if (!verifier.isRight(key, checkpoint, line.signature())) {
                        throw new NoteException("the signature by " + key.name() + " is wrong");
                    }
                    signed = true;
                }
            }
        }
        if (!signed) {
            throw new NoteException("no known key has signed it");
        }
        return checkpoint;
    }
}
