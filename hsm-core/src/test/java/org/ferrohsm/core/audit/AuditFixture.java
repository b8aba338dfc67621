// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share. */
final class AuditFixture {
    static final UUID BOOT = new UUID(0xB007, 1);
    static final UUID TOKEN = new UUID(0x70CE, 1);
    static final UUID OBJECT = new UUID(0x0B1E, 1);

    /** No keys and no anchors. */
    static final Evidence NOTHING = new Evidence(new NoteVerifier(new Engines()), List.of(), List.of());

    private AuditFixture() {}

    static SecretBytes rootKey() {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        return SecretBytes.adopt(key);
    }

    static AuditSettings settings(Path keyFolder) {
        return settings(keyFolder, BOOT);
    }

    static AuditSettings settings(Path keyFolder, UUID boot) {
        return settings(keyFolder, boot, Clock.systemUTC(), System::nanoTime);
    }

    static AuditSettings settings(Path keyFolder, UUID boot, TestTime time) {
        return settings(keyFolder, boot, time, time.nanos());
    }

    static AuditSettings settings(Path keyFolder, UUID boot, Clock clock, LongSupplier nanos) {
        return new AuditSettings(
                rootKey(), new AuditOrigin("node-1", boot, "test"), clock, nanos, new SecureRandom(), keyFolder);
    }

    static AuditEvent login() {
        return AuditEvent.of(AuditAction.LOGIN)
                .actor("user")
                .session(1)
                .token(TOKEN)
                .build();
    }

    static byte[] hash(int content) {
        byte[] hash = new byte[32];
        Arrays.fill(hash, (byte) content);
        return hash;
    }

    /** An event with every field that there is. */
    static AuditEvent fullEvent() {
        return AuditEvent.of(AuditAction.SIGN)
                .actor("user")
                .session(0x1234_5678_9ABCL)
                .mechanism(0x40)
                .token(TOKEN)
                .object(OBJECT, 3)
                .requestHash(hash(0x11))
                .approvalHash(hash(0x22))
                .stateRoot(hash(0x33))
                .failed(Fault.SIGNATURE_INVALID)
                .detail("reason", "caf\u00e9")
                .detail("uses", 70_000)
                .build();
    }

    static LeaseKey leaseKey(long session) {
        return new LeaseKey("user", session, TOKEN, OBJECT, 1, AuditAction.SIGN, 0x40);
    }

    static VerifyReport verify(TokenStore store, long epochLength, @Nullable VerificationKey key) {
        try (StoreSource source = new StoreSource(store, null)) {
            return new AuditVerifier(AuditVerifier.CLOCK_TOLERANCE, epochLength).verify(source, key, NOTHING);
        }
    }

    static List<AuditRecord> records(TokenStore store) {
        return store.read(tx -> tx.audit(0, 100_000)).stream()
                .map(row -> AuditRecord.parse(row.record()))
                .toList();
    }

    static List<String> operations(TokenStore store) {
        return records(store).stream().map(record -> record.event().operation()).toList();
    }
}
