// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a verifier found.
 *
 * @param log the log, null if there is none
 * @param count how many records were found to be as they were written, from the first on
 * @param headHash the last of these records' leaf hash, 32 zero bytes if there is none
 * @param macsCheckedFrom the first record whose MAC was checked, as was every later one's; null if no MAC was
 * @param openLeases how many leases have no closing record: still open, or left open by a crash
 * @param checkpoints how many checkpoints were found to be genuine and to tell of this log
 * @param finding what is wrong, null if nothing is
 */
public record VerifyReport(
        @Nullable UUID log,
        long count,
        byte[] headHash,
        @Nullable Long macsCheckedFrom,
        long openLeases,
        long checkpoints,
        @Nullable Finding finding) {
    /**
     * What is wrong first.
     *
     * @param seq the number of the first bad record; for a head, that of the record that would come next
     * @param detail a sentence for people
     */
    public record Finding(Damage damage, long seq, String detail) {}

    /** Whether nothing is wrong. */
    public boolean isOk() {
        return finding == null;
    }

    /** 0, or the damage's. */
    public int exitCode() {
        return finding == null ? 0 : finding.damage().exitCode();
    }
}
