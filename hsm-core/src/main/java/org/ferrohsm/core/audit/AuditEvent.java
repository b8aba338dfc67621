// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * What happened, as its caller tells it; the log adds where, when and the links of the chain.
 *
 * @param operation the name of an {@link AuditAction}
 * @param actor who asked, e.g. {@code user}, {@code so}
 * @param session the session's handle, not negative
 * @param mechanism CKM_*
 * @param token the token concerned
 * @param object the object concerned; token and session objects alike have one
 * @param objectVersion its version
 * @param requestHash 32 bytes: SHA-256 of what was asked for
 * @param approvalHash 32 bytes: the digest that was approved
 * @param result {@code ok} or the name of a {@link Fault}
 * @param stateRoot 32 bytes: the token's state root after the change
 * @param detail more, by short lower-case names; a value is a {@code String} or a {@code Long} that is not negative
 */
public record AuditEvent(
        String operation,
        @Nullable String actor,
        @Nullable Long session,
        @Nullable Long mechanism,
        @Nullable UUID token,
        @Nullable UUID object,
        @Nullable Long objectVersion,
        byte @Nullable [] requestHash,
        byte @Nullable [] approvalHash,
        String result,
        byte @Nullable [] stateRoot,
        Map<String, Object> detail) {
    /** The result of what succeeded. */
    public static final String OK = "ok";

    /** Begins the description of an event; its result is {@code ok} unless said otherwise. */
    public static Builder of(AuditAction action) {
        return new Builder(action);
    }

    /** A number of the detail. */
    public OptionalLong number(String name) {
        return detail.get(name) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** A text of the detail. */
    public Optional<String> text(String name) {
        return detail.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    /** Whether this is about {@code action}. */
    public boolean is(AuditAction action) {
        return operation.equals(action.name());
    }

    /** Collects an event. Texts beyond 256 characters are cut; wrong numbers and lengths are refused at once. */
    public static final class Builder {
        private static final int HASH_LENGTH = 32;
        private static final int MAX_DETAILS = 16;

        private final String operation;
        private @Nullable String actor;
        private @Nullable Long session;
        private @Nullable Long mechanism;
        private @Nullable UUID token;
        private @Nullable UUID object;
        private @Nullable Long objectVersion;
        private byte @Nullable [] requestHash;
        private byte @Nullable [] approvalHash;
        private String result = OK;
        private byte @Nullable [] stateRoot;
        private final Map<String, Object> detail = new TreeMap<>();

        private Builder(AuditAction action) {
            this.operation = action.name();
        }

        /** Who asked. */
        public Builder actor(String who) {
            this.actor = AuditText.bounded(who);
            return this;
        }

        /** The session's handle. */
        public Builder session(long handle) {
            this.session = notNegative(handle);
            return this;
        }

        /** CKM_*. */
        public Builder mechanism(long type) {
            this.mechanism = notNegative(type);
            return this;
        }

        /** The token concerned. */
        public Builder token(UUID id) {
            this.token = id;
            return this;
        }

        /** The object concerned and its version. */
        public Builder object(UUID id, long version) {
            this.object = id;
            this.objectVersion = notNegative(version);
            return this;
        }

        /** SHA-256 of what was asked for. */
        public Builder requestHash(byte[] hash) {
            this.requestHash = hash(hash);
            return this;
        }

        /** The digest that was approved. */
        public Builder approvalHash(byte[] hash) {
            this.approvalHash = hash(hash);
            return this;
        }

        /** The token's state root after the change. */
        public Builder stateRoot(byte[] hash) {
            this.stateRoot = hash(hash);
            return this;
        }

        /** It was refused or it failed. */
        public Builder failed(Fault fault) {
            this.result = fault.name();
            return this;
        }

        /** A text more. */
        public Builder detail(String name, String value) {
            return put(name, AuditText.bounded(value));
        }

        /** A number more. */
        public Builder detail(String name, long value) {
            return put(name, notNegative(value));
        }

        /** The event. */
        public AuditEvent build() {
            return new AuditEvent(
                    operation,
                    actor,
                    session,
                    mechanism,
                    token,
                    object,
                    objectVersion,
                    requestHash,
                    approvalHash,
                    result,
                    stateRoot,
                    Collections.unmodifiableMap(new TreeMap<>(detail)));
        }

        private Builder put(String name, Object value) {
            if (!AuditRecord.isDetailName(name)) {
                throw new IllegalArgumentException("no name of a detail: " + name);
            }
            detail.put(name, value);
            if (detail.size() > MAX_DETAILS) {
                throw new IllegalArgumentException("more than " + MAX_DETAILS + " details");
            }
            return this;
        }

        private static long notNegative(long value) {
            if (value < 0) {
                throw new IllegalArgumentException("a negative number: " + value);
            }
            return value;
        }

        private static byte[] hash(byte[] hash) {
            if (hash.length != HASH_LENGTH) {
                throw new IllegalArgumentException("a hash of " + hash.length + " bytes");
            }
            return hash.clone();
        }
    }
}
