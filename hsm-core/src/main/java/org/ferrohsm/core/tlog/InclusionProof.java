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
 * That a leaf is in a log, to be checked by whoever has the log's public key and nothing else (C2SP tlog-proof).
 *
 * @param leaf the leaf's content, which the format calls extra data
 * @param index its place
 * @param hashes the inclusion proof (RFC 6962 section 2.1.1)
 * @param checkpoint the tree's head
 */
public record InclusionProof(byte[] leaf, long index, List<byte[]> hashes, SignedNote checkpoint) {
    private static final int MAX_LENGTH = 1 << 18;
    private static final String TITLE = "c2sp.org/tlog-proof@v1\n";
    private static final Pattern HEADER = Pattern.compile(
            TITLE + "extra ([A-Za-z0-9+/]+={0,2})\nindex (0|[1-9][0-9]{0,17})\n((?:[A-Za-z0-9+/]{43}=\n){0,63})\n");

    /** The proof as text. */
    public String format() {
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder text = new StringBuilder(TITLE)
                .append("extra ")
                .append(base64.encodeToString(leaf))
                .append("\nindex ")
                .append(index)
                .append('\n');
        hashes.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpoint.format()).toString();
    }

    /** Reads {@link #format} back. */
    public static InclusionProof parse(String text) throws NoteException {
        Matcher header = HEADER.matcher(text);
        if (text.length() > MAX_LENGTH || !header.lookingAt()) {
            throw new NoteException("it is no tlog-proof with the record in it");
        }
        try {
            List<byte[]> hashes = new ArrayList<>();
            for (String line : header.group(3).split("\n", -1)) {
                if (!line.isEmpty()) {
                    hashes.add(Base64.getDecoder().decode(line.getBytes(US_ASCII)));
                }
            }
            InclusionProof proof = new InclusionProof(
                    Base64.getDecoder().decode(header.group(1).getBytes(US_ASCII)),
                    Long.parseLong(header.group(2)),
                    hashes,
                    SignedNote.parse(text.substring(header.end())));
            if (!proof.format().equals(text)) {
                throw new NoteException("a proof that is not written the one way there is");
            }
            return proof;
        } catch (IllegalArgumentException e) {
            throw new NoteException("a proof that is not base64");
        }
    }

    /**
     * Whether the leaf is in the tree that the checkpoint tells of; the checkpoint's signatures are another question.
     *
     * @throws NoteException if the checkpoint is none
     */
    public boolean isRight() throws NoteException {
        Checkpoint head = Checkpoint.parse(checkpoint.text());
        try {
            byte[] root = TreeProof.root(TreeHash.leaf(leaf), index, head.size(), hashes);
            return Arrays.equals(root, head.root());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
