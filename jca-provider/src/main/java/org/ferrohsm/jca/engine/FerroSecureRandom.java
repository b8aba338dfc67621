// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.SecureRandomSpi;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;

/** The token's random numbers. */
public final class FerroSecureRandom extends SecureRandomSpi {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_CALL = 1 << 16;

    private final transient TokenSource source;

    public FerroSecureRandom(TokenSource source) {
        this.source = source;
    }

    /** The seed is mixed in; it replaces nothing. */
    @Override
    protected void engineSetSeed(byte[] seed) {
        Faults.plain(() -> {
            Token token = source.token();
            return token.call(session -> {
                token.crypto().seedRandom(session, seed);
                return true;
            });
        });
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
        Faults.plain(() -> {
            Token token = source.token();
            return token.call(session -> {
                for (int at = 0; at < bytes.length; at += LONGEST_CALL) {
                    int count = Math.min(LONGEST_CALL, bytes.length - at);
                    System.arraycopy(token.crypto().random(session, count), 0, bytes, at, count);
                }
                return true;
            });
        });
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
        byte[] seed = new byte[count];
        engineNextBytes(seed);
        return seed;
    }
}
