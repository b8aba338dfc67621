// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ferrohsm.core.secret.SecretBytes;

/** PINs as the JCA has them. */
final class Pins {
    private Pins() {}

    /** The UTF-8 of {@code characters}, which are wiped. */
    static SecretBytes of(char[] characters) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes).clear();
        encoded.put(new byte[encoded.capacity()]);
        Arrays.fill(characters, '\0');
        return SecretBytes.adopt(bytes);
    }
}
