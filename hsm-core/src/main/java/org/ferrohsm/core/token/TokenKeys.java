// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Hkdf;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * The keys that open a token's objects: those that the store's root key gives, and after a login the token key.
 *
 * <p>There is one index key for a token, from the root key and not from the token key, so that one query finds public
 * and private objects together. Who has the store without the seal key learns which columns are equal, nothing else; who
 * has both could also confirm a guess at a private object's label, which the token key still keeps from opening.
 */
public final class TokenKeys implements AutoCloseable {
    private final UUID token;
    private final Initialisation initialisation;
    private final SecretBytes publicKey;
    private final SecretBytes indexKey;
    private final Optional<SecretBytes> tokenKey;

    private TokenKeys(RootKey root, UUID token, Initialisation initialisation, Optional<SecretBytes> tokenKey) {
        this.token = token;
        this.initialisation = initialisation;
        this.tokenKey = tokenKey;
        publicKey = Hkdf.key(
                root.key(RootLabel.PUBLIC),
                Binding.of("ferrohsm public objects").with(token));
        indexKey =
                Hkdf.key(root.key(RootLabel.INDEX), Binding.of("ferrohsm index").with(token));
    }

    /** What is open to everybody: public objects, and searching. */
    public static TokenKeys beforeLogin(RootKey root, UUID token, Initialisation initialisation) {
        return new TokenKeys(root, token, initialisation, Optional.empty());
    }

    /** All of a token's keys; takes {@code tokenKey} over. */
    public static TokenKeys afterLogin(RootKey root, UUID token, Initialisation initialisation, SecretBytes tokenKey) {
        return new TokenKeys(root, token, initialisation, Optional.of(tokenKey));
    }

    /** Whose keys these are. */
    public UUID token() {
        return token;
    }

    /** What the token was when these keys were made; they are good for nothing after the next C_InitToken. */
    Initialisation initialisation() {
        return initialisation;
    }

    /** The token key itself, lent, for wrapping it under another PIN; empty before a login. */
    public Optional<SecretBytes> tokenKey() {
        return tokenKey;
    }

    SecretBytes forObjects(boolean isPrivate) {
        return isPrivate
                ? tokenKey.orElseThrow(
                        () -> Fault.USER_NOT_LOGGED_IN.because("a private object cannot be opened before a login"))
                : publicKey;
    }

    SecretBytes forIndexes() {
        return indexKey;
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        tokenKey.ifPresent(SecretBytes::close);
        publicKey.close();
        indexKey.close();
    }
}
