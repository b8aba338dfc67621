// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * The key outside the store that everything in the store hangs on.
 *
 * @param bytes 32 bytes
 * @param origin where it came from, for messages
 */
public record SealKey(SecretBytes bytes, String origin) implements AutoCloseable {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** Reads the key from its file; see {@link SealKeyFile#load}. */
    public static SealKey load(Path file) {
        return new SealKeyFile(file).load();
    }

    /** Reads the key from its file, which is made on first use; see {@link SealKeyFile#loadOrCreate}. */
    public static SealKey loadOrCreate(Path file, SecureRandom random) {
        return new SealKeyFile(file).loadOrCreate(random);
    }

    /** Wipes the key. */
    @Override
    public void close() {
        bytes.close();
    }
}
