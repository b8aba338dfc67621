// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.spec;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.KeySpec;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a key is to be kept: what {@code KeyPairGenerator}, {@code KeyGenerator}, {@code KeyFactory} and
 * {@code SecretKeyFactory} take beside the key's own parameters. Immutable.
 *
 * <p>Without anything said, the key stays in the token for good, is sensitive and not extractable, and may do what keys of
 * its algorithm usually do. (Generators that are given no such specification make a session key, which a {@code KeyStore}
 * turns into a lasting one.)
 */
public final class FerroKeySpec implements AlgorithmParameterSpec, KeySpec {
    private final Builder from;

    private FerroKeySpec(Builder from) {
        this.from = from;
    }

    /** A specification of a token key. */
    public static Builder builder() {
        return new Builder();
    }

    /** CKA_LABEL, which becomes the alias in the key store. */
    public Optional<String> label() {
        return Optional.ofNullable(from.label);
    }

    /** CKA_ID; chosen at random if absent. */
    public Optional<byte[]> id() {
        return Optional.ofNullable(from.id).map(byte[]::clone);
    }

    /** Whether the key stays in the token, rather than with the session. */
    public boolean isTokenKey() {
        return from.token;
    }

    /** Whether the key may leave the token wrapped by another. It never leaves in clear. */
    public boolean isExtractable() {
        return from.extractable;
    }

    /** What it may be used for; absent for what keys of its algorithm usually do. */
    public Optional<Set<KeyUsage>> usages() {
        return Optional.ofNullable(from.usages);
    }

    /** Key size in bits; absent for the algorithm's default or where {@link #parameters} tells it. */
    public Optional<Integer> keySize() {
        return Optional.ofNullable(from.keySize);
    }

    /** Parameters of generation, such as an {@code ECGenParameterSpec}. */
    public Optional<AlgorithmParameterSpec> parameters() {
        return Optional.ofNullable(from.parameters);
    }

    /** The key to import. */
    public Optional<KeySpec> key() {
        return Optional.ofNullable(from.key);
    }

    /** Collects a specification. */
    public static final class Builder {
        private @Nullable String label;
        private byte @Nullable [] id;
        private boolean token = true;
        private boolean extractable;
        private @Nullable Set<KeyUsage> usages;
        private @Nullable Integer keySize;
        private @Nullable AlgorithmParameterSpec parameters;
        private @Nullable KeySpec key;

        private Builder() {}

        public Builder label(String text) {
            label = text;
            return this;
        }

        public Builder id(byte... bytes) {
            id = bytes.clone();
            return this;
        }

        /** A key that ends with the session. */
        public Builder session() {
            token = false;
            return this;
        }

        public Builder extractable() {
            extractable = true;
            return this;
        }

        public Builder usages(KeyUsage first, KeyUsage... more) {
            usages = Collections.unmodifiableSet(EnumSet.of(first, more));
            return this;
        }

        public Builder keySize(int bits) {
            keySize = bits;
            return this;
        }

        public Builder parameters(AlgorithmParameterSpec spec) {
            parameters = spec;
            return this;
        }

        public Builder key(KeySpec spec) {
            key = spec;
            return this;
        }

        public FerroKeySpec build() {
            Builder copy = new Builder();
            copy.label = label;
            copy.id = id;
            copy.token = token;
            copy.extractable = extractable;
            copy.usages = usages;
            copy.keySize = keySize;
            copy.parameters = parameters;
            copy.key = key;
            return new FerroKeySpec(copy);
        }
    }
}
