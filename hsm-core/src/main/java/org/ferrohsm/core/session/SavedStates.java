// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.session;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.operation.DigestOperation;
import org.jspecify.annotations.Nullable;

/**
 * The operation states that an application has saved (PKCS#11 3.2 section 5.6.6). The saved state itself stays here, with
 * the key bytes that C_DigestKey may have fed to it; what the application gets is a number that cannot be guessed, so
 * that no state can be forged.
 */
public final class SavedStates {
    /** Length of a name in bytes. */
    public static final int NAME_LENGTH = 32;

    /** An application that saves more has forgotten the oldest. */
    private static final int MOST = 1024;

    /**
     * A saved state.
     *
     * @param token the token of its session
     * @param sessionState CKS_* of its session
     * @param digest the digest, which is copied and never continued
     */
    public record Saved(UUID token, long sessionState, DigestOperation digest) {}

    private final Map<ByteBuffer, Saved> states = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Saved> eldest) {
            return size() > MOST;
        }
    };

    SavedStates() {}

    /** Keeps a state under a name that is the caller's to make. */
    public synchronized void put(byte[] name, Saved state) {
        states.put(ByteBuffer.wrap(name.clone()), state);
    }

    /** The state with this name, or null. */
    public synchronized @Nullable Saved get(byte[] name) {
        return states.get(ByteBuffer.wrap(name));
    }
}
