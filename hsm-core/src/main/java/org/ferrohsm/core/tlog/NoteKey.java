// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.core.seal.HostJce;

/**
 * A public key that signs notes.
 *
 * @param name who signs
 * @param algorithm how
 * @param publicKey the key's own bytes
 */
public record NoteKey(String name, NoteAlgorithm algorithm, byte[] publicKey) {
    static final int ID_LENGTH = 4;

    private static final Pattern TEXT = Pattern.compile("([^\\s+]{1,255})\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    /** The four bytes by which a signature names its key. */
    public byte[] id() {
        MessageDigest digest = HostJce.sha256();
        digest.update(name.getBytes(UTF_8));
        digest.update((byte) '\n');
        digest.update((byte) algorithm.type());
        return Arrays.copyOf(digest.digest(publicKey), ID_LENGTH);
    }

    /** The key as text: a "vkey" of C2SP signed-note. */
    public String text() {
        byte[] typed = new byte[1 + publicKey.length];
        typed[0] = (byte) algorithm.type();
        System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Reads {@link #text} back. */
    public static NoteKey parse(String text) throws NoteException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new NoteException("it is no verifier key");
        }
        try {
            byte[] typed = Base64.getDecoder().decode(matcher.group(3).getBytes(US_ASCII));
            NoteAlgorithm algorithm = NoteAlgorithm.of(typed[0]);
            NoteKey key = new NoteKey(matcher.group(1), algorithm, Arrays.copyOfRange(typed, 1, typed.length));
            if (key.publicKey.length != algorithm.keyLength() || !key.text().equals(text)) {
                throw new NoteException("a verifier key whose id or length is wrong");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new NoteException("a verifier key that is not base64");
        }
    }
}
