// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import org.ferrohsm.core.secret.SecretBytes;

/** What the tests of this package share. */
final class AuditFixture {
    private AuditFixture() {}

    static SecretBytes rootKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return SecretBytes.adopt(key);
    }

    static AuditSettings settings(Path keyFolder) {
        return settings(keyFolder, new UUID(0xB007, 1));
    }

    static AuditSettings settings(Path keyFolder, UUID boot) {
        return new AuditSettings(
                rootKey(),
                new AuditOrigin("node-1", boot, "test"),
                Clock.systemUTC(),
                System::nanoTime,
                new SecureRandom(),
                keyFolder);
    }
}
