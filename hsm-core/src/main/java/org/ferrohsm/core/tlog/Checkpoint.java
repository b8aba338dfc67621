// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.tlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tree's head (C2SP tlog-checkpoint), without extension lines.
 *
 * @param origin which log
 * @param size how many leaves
 * @param root 32 bytes
 */
public record Checkpoint(String origin, long size, byte[] root) {
    private static final Pattern TEXT =
            Pattern.compile("([^\\s+]{1,255})\n(0|[1-9][0-9]{0,17})\n([A-Za-z0-9+/]{43}=)\n");

    /** The text that is signed. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** Reads {@link #text} back. */
    public static Checkpoint parse(String text) throws NoteException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new NoteException("it is no checkpoint of origin, size and root");
        }
        Checkpoint checkpoint = new Checkpoint(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                Base64.getDecoder().decode(matcher.group(3).getBytes(US_ASCII)));
        if (!checkpoint.text().equals(text)) {
            throw new NoteException("its root is not in canonical base64");
        }
        return checkpoint;
    }
}
