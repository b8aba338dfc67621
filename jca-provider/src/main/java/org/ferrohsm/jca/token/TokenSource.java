// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.util.HashMap;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import org.jspecify.annotations.Nullable;

/** One provider's way to its token, opened when something first needs it. */
public final class TokenSource {
    private final ProviderConfig config;
    private final Map<Map<String, String>, Hsm> open = new HashMap<>();
    private volatile @Nullable Token token;
    private volatile @Nullable CallbackHandler handler;

    public TokenSource(ProviderConfig config) {
        this.config = config;
    }

    public ProviderConfig config() {
        return config;
    }

    /**
     * The provider's token.
     *
     * @throws org.ferrohsm.core.fault.HsmException if the core cannot be opened or the token is not there
     */
    public Token token() {
        Token current = token;
        if (current == null) {
            current = token(config);
            token = current;
        }
        return current;
    }

    /** The token of another configuration, such as a key store's; configurations with one core's settings share it. */
    public Token token(ProviderConfig other) {
        Token found = hsm(other).token(other);
        other.pin().ifPresent(found::configurePin);
        return found;
    }

    /** Whom to ask for the PIN where a call names nobody; null for nobody. */
    public void setCallbackHandler(@Nullable CallbackHandler newHandler) {
        handler = newHandler;
    }

    public @Nullable CallbackHandler callbackHandler() {
        return handler;
    }

    private Hsm hsm(ProviderConfig wanted) {
        synchronized (open) {
            return open.computeIfAbsent(wanted.core(), Hsm::new);
        }
    }
}
