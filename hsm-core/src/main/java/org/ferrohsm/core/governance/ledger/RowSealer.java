// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.seal.Hkdf;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/** Seals governance rows, each bound to its token and its name, under a key of the token alone. */
final class RowSealer {
    private static final String PREFIX = "governance/";

    private final RootKey root;
    private final SecureRandom random;

    RowSealer(RootKey root, SecureRandom random) {
        this.root = root;
        this.random = random;
    }

    Optional<byte[]> stored(StoreReader tx, UUID token, String name) {
        return tx.entry(token, PREFIX + name);
    }

    /** Seals and stores; gives what was stored. */
    byte[] seal(StoreWriter tx, UUID token, String name, byte[] plain) {
        try (SecretBytes key = key(token)) {
            byte[] sealed = Envelope.seal(key, associated(token, name), plain, random);
            tx.putEntry(token, PREFIX + name, sealed);
            return sealed;
        }
    }

    byte[] open(UUID token, String name, byte[] sealed) {
        try (SecretBytes key = key(token)) {
            return Envelope.open(
                    key, associated(token, name), sealed, "governance of token " + token + ", row " + name + ",");
        }
    }

    private SecretBytes key(UUID token) {
        return Hkdf.key(
                root.key(RootLabel.STATE), Binding.of("ferrohsm governance").with(token));
    }

    private static byte[] associated(UUID token, String name) {
        return Binding.of("ferrohsm governance row")
                .with(token)
                .with(name.getBytes(StandardCharsets.UTF_8))
                .bytes();
    }
}
