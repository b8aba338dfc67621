// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenStore;

/**
 * A store's root key: random, wrapped by the seal key in an entry of the store, and after opening present only as the
 * five keys derived from it.
 */
public final class RootKey implements AutoCloseable {
    private static final String ENTRY = "root";
    private static final int LENGTH = 32;
    private static final int FIRST_VERSION = 1;

    private final UUID storeId;
    private final int version;
    private final Map<RootLabel, SecretBytes> keys = new EnumMap<>(RootLabel.class);

    private RootKey(UUID storeId, int version, SecretBytes root) {
        this.storeId = storeId;
        this.version = version;
        for (RootLabel label : RootLabel.values()) {
            keys.put(label, Hkdf.key(root, Binding.of(label.purpose()).with(storeId)));
        }
    }

    /**
     * Opens the store's root key; an empty store gets one. A seal key is made only for a store that has no root key yet.
     * Processes that do this at once agree.
     *
     * @throws org.ferrohsm.core.fault.HsmException GENERAL_ERROR if the seal key is missing or another store's;
     *     DEVICE_ERROR if the root key has been changed, damaged or removed
     * @throws org.ferrohsm.store.api.StoreException if the store cannot be read or written
     */
    public static RootKey open(TokenStore store, SealKeySource source, SecureRandom random) {
        Optional<byte[]> entry = store.read(RootKey::find);
        if (entry.isPresent()) {
            try (SealKey seal = source.load()) {
                return unwrap(entry.get(), seal, store.location());
            }
        }
        try (SealKey seal = source.loadOrCreate(random)) {
            byte[] wrapped = store.write(tx -> find(tx).orElseGet(() -> {
                byte[] made = create(seal, random);
                tx.putEntry(Scopes.STORE, ENTRY, made);
                return made;
            }));
            return unwrap(wrapped, seal, store.location());
        }
    }

    /** The store's identity, the same for life. */
    public UUID storeId() {
        return storeId;
    }

    /** Counts the root keys that this store has had; the first is 1. */
    public int version() {
        return version;
    }

    /** A derived key of 32 bytes, lent: it is wiped when this is closed. */
    public SecretBytes key(RootLabel label) {
        SecretBytes key = keys.get(label);
        if (key == null) {
            throw new IllegalStateException("no key for " + label);
        }
        return key;
    }

    /** Wipes the keys. */
    @Override
    public void close() {
        keys.values().forEach(SecretBytes::close);
    }

    private static Optional<byte[]> find(StoreReader reader) {
        Optional<byte[]> entry = reader.entry(Scopes.STORE, ENTRY);
        if (entry.isEmpty() && (!reader.tokens().isEmpty() || reader.lastAudit().isPresent())) {
            throw Fault.DEVICE_ERROR.because(
                    "the store has tokens or audit records but its root key is gone: restore it from a backup");
        }
        return entry;
    }

    private static byte[] create(SealKey seal, SecureRandom random) {
        UUID storeId = new UUID(random.nextLong(), random.nextLong());
        try (SecretBytes root = SecretBytes.random(LENGTH, random)) {
            return WrappedRoot.wrap(storeId, FIRST_VERSION, root, seal, random);
        }
    }

    private static RootKey unwrap(byte[] entry, SealKey seal, String location) {
        WrappedRoot wrapped = WrappedRoot.parse(entry, location);
        try (SecretBytes root = wrapped.unwrap(seal, location)) {
            return new RootKey(wrapped.storeId(), wrapped.version(), root);
        }
    }
}
