// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * What stands in a seal key's file: {@code ferrohsm-seal-key-v1:}, then base64 of the key's 32 bytes and 8 bytes of
 * checksum (HMAC-SHA256 of
 * {@code ferrohsm-seal-key-v1:} under the key, cut), then a newline.
 */
final class SealKeyText {
    /** Length in bytes, newline included. */
    static final int LENGTH = 78;

    private static final byte[] HEADER = "ferrohsm-seal-key-v1:".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM_LENGTH = 8;

    private SealKeyText() {}

    /** The text for {@code key}; the caller wipes it. */
    static byte[] format(SecretBytes key) {
        return key.use(bytes -> {
            byte[] body = Arrays.copyOf(bytes, SealKey.LENGTH + CHECKSUM_LENGTH);
            System.arraycopy(HmacSha256.of(key, HEADER), 0, body, SealKey.LENGTH, CHECKSUM_LENGTH);
            byte[] encoded = Base64.getEncoder().encode(body);
            byte[] text = Arrays.copyOf(HEADER, LENGTH);
            System.arraycopy(encoded, 0, text, HEADER.length, encoded.length);
            text[LENGTH - 1] = '\n';
            Arrays.fill(body, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
            return text;
        });
    }

    /**
     * The key in {@code text}; a missing newline at the end does not matter.
     *
     * @throws HsmException GENERAL_ERROR if this is no seal key, or a damaged one
     */
    static SecretBytes parse(byte[] text, Path file) {
        int length = text.length > 0 && text[text.length - 1] == '\n' ? text.length - 1 : text.length;
        if (length < HEADER.length || !Arrays.equals(text, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            throw Fault.GENERAL_ERROR.because(file
                    + " is no FerroHSM seal key (it does not begin with ferrohsm-seal-key-v1:): name the right file");
        }
        if (length != LENGTH - 1) {
            throw damaged(file);
        }
        byte[] encoded = Arrays.copyOfRange(text, HEADER.length, length);
        byte[] body = new byte[0];
        try {
            body = Base64.getDecoder().decode(encoded);
            // The last character has bits to spare, which the decoder overlooks.
            byte[] canonical = Base64.getEncoder().encode(body);
            boolean same = Arrays.equals(canonical, encoded);
            Arrays.fill(canonical, (byte) 0);
            if (!same) {
                throw damaged(file);
            }
            SecretBytes key = SecretBytes.adopt(Arrays.copyOf(body, SealKey.LENGTH));
            byte[] expected = HmacSha256.of(key, HEADER);
            if (!Arrays.equals(body, SealKey.LENGTH, body.length, expected, 0, CHECKSUM_LENGTH)) {
                key.close();
                throw damaged(file);
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw damaged(file);
        } finally {
            Arrays.fill(encoded, (byte) 0);
            Arrays.fill(body, (byte) 0);
        }
    }

    private static HsmException damaged(Path file) {
        return Fault.GENERAL_ERROR.because("the seal key " + file + " is damaged: put it back from your backup");
    }
}
