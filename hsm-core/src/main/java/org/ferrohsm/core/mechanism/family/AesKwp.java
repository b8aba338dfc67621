// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import javax.crypto.Cipher;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** AES key wrap with padding (RFC 5649) by a temporary key, which hybrid wrapping makes and throws away. */
final class AesKwp {
    private static final String TRANSFORMATION = "AES/KWP/NoPadding";
    private static final int SEMIBLOCK = 8;

    private AesKwp() {}

    /** The length in bytes of a temporary key of so many bits, or MECHANISM_PARAM_INVALID. */
    static int keyLength(long bits) {
        if (bits != 128 && bits != 192 && bits != 256) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a temporary AES key of " + bits + " bits");
        }
        return (int) bits / 8;
    }

    /** {@code serialised} under {@code temporary}; KEY_SIZE_RANGE if it is empty. */
    static byte[] wrap(SecretBytes temporary, SecretBytes serialised, Engines engines) {
        if (serialised.length() == 0) {
            throw Fault.KEY_SIZE_RANGE.because("an empty key cannot be wrapped");
        }
        return serialised.use(bytes -> run(temporary, Cipher.ENCRYPT_MODE, bytes, Fault.FUNCTION_FAILED, engines));
    }

    /** What is wrapped in {@code wrapped}, or WRAPPED_KEY_INVALID. */
    static SecretBytes unwrap(SecretBytes temporary, byte[] wrapped, Engines engines) {
        if (wrapped.length < 2 * SEMIBLOCK || wrapped.length % SEMIBLOCK != 0) {
            throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
        }
        return SecretBytes.adopt(run(temporary, Cipher.DECRYPT_MODE, wrapped, Fault.WRAPPED_KEY_INVALID, engines));
    }

    private static byte[] run(SecretBytes temporary, int direction, byte[] input, Fault otherwise, Engines engines) {
        return EngineCall.orFault(otherwise, "the key does not wrap or unwrap", () -> {
            Cipher cipher = engines.cipher(TRANSFORMATION);
            cipher.init(direction, new LentKey("AES", temporary));
            return cipher.doFinal(input);
        });
    }
}
