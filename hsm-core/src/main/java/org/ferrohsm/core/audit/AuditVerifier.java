// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.time.Duration;
import org.ferrohsm.core.tlog.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * Checks a log from its first record to its end in one pass and in bounded memory: canonical bytes, numbers, links, MACs,
 * the head, and then what the records mean (times, leases, the tokens' states).
 *
 * <p>Without a {@link VerificationKey} all but the MACs is checked, which holds against whoever cannot write the whole
 * rest of the log anew.
 */
public final class AuditVerifier {
    /** How far one node's clock may be set back. */
    public static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final Duration clockTolerance;
    private final long epochLength;

    /** A verifier that lets a node's clock be set back by no more than {@code clockTolerance} at a time. */
    public AuditVerifier(Duration clockTolerance) {
        this(clockTolerance, EpochKey.LENGTH);
    }

    AuditVerifier(Duration clockTolerance, long epochLength) {
        this.clockTolerance = clockTolerance;
        this.epochLength = epochLength;
    }

    /** Verifies what {@code source} gives; all arguments stay the caller's to close. */
    public VerifyReport verify(AuditSource source, @Nullable VerificationKey key, Evidence evidence) {
        return verifyFrom(0, new byte[TreeHash.LENGTH], source, key, evidence);
    }

    /** Verifies what follows record {@code next - 1}, whose leaf hash is {@code last}; leases before it are not known. */
    VerifyReport verifyFrom(
            long next, byte[] last, AuditSource source, @Nullable VerificationKey key, Evidence evidence) {
        try (MacCheck macs = new MacCheck(key, epochLength)) {
            CheckpointCheck checkpoints = new CheckpointCheck(evidence, source.checkpoint());
            return new Verification(next, last, source, key, macs, new ClockCheck(clockTolerance), checkpoints).run();
        }
    }
}
