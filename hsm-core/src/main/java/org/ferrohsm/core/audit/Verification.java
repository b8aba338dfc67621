// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.Arrays;
import java.util.UUID;
import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.tlog.TreeHash;
import org.ferrohsm.store.api.AuditRow;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one log. It stops at the first record that breaks the chain, and reads on from there only as far as it
 * takes to say in which way.
 */
final class Verification {
    private final AuditSource source;
    private final boolean hasKey;
    private final MacCheck macs;
    private final ClockCheck clocks;
    private final CheckpointCheck checkpoints;
    private final LeaseCheck leases = new LeaseCheck();
    private final StateRootCheck stateRoots = new StateRootCheck();

    private @Nullable UUID log;

    /** How many records are right so far: the number of the next one. */
    private long next;

    /** The last right record's leaf hash. */
    private byte[] last;

    /** In which way checkpoints contradict the chain, the first of it. */
    private @Nullable Finding anchored;

    /** What genuine records say wrongly, the first of it. */
    private @Nullable Finding meaning;

    Verification(
            long next,
            byte[] last,
            AuditSource source,
            @Nullable VerificationKey key,
            MacCheck macs,
            ClockCheck clocks,
            CheckpointCheck checkpoints) {
        this.next = next;
        this.last = last;
        this.source = source;
        this.hasKey = key != null;
        this.macs = macs;
        this.clocks = clocks;
        this.checkpoints = checkpoints;
        this.log = key != null ? key.log() : source.claimedLog();
    }

    VerifyReport run() {
        Finding finding = null;
        AuditRow row = source.next();
        while (row != null && finding == null) {
            finding = check(row);
            if (finding == null) {
                row = source.next();
            }
        }
        if (finding == null) {
            finding = checkEnd(source.end());
        }
        Long from = macs.coversFrom();
        return new VerifyReport(
                log,
                next,
                last,
                from != null && from < next ? from : null,
                leases.openLeases(),
                checkpoints.checked(),
                finding);
    }

    private @Nullable Finding check(AuditRow row) {
        AuditRecord record = parse(row);
        if (record == null) {
            return finding(Damage.NOT_CANONICAL, next, "its bytes are not those of a record");
        }
        byte[] leaf = TreeHash.leaf(row.record());
        boolean linked = Arrays.equals(record.previous(), last);
        if (log == null) {
            log = record.log();
        }
        if (!record.log().equals(log)) {
            return linked && next > 0
                    ? finding(Damage.EDITED, next, "it names another log, but follows the record before it")
                    : finding(
                            next == 0 ? Damage.FOREIGN_LOG : Damage.SPLICED, next, "it belongs to log " + record.log());
        }
        if (row.seq() != next || record.seq() != next) {
            return misplaced(row, record, leaf, linked);
        }
        if (row.mac().length == 0) {
            return finding(Damage.MAC_MISSING, next, "it has no MAC");
        }
        if (!linked) {
            return unlinked(row, leaf);
        }
        if (row.mac().length != TreeHash.LENGTH || (macs.covers(next) && !macs.isRight(row, next, leaf))) {
            return wrongMac(row, leaf);
        }
        last = leaf;
        next++;
        Finding anchor = checkpoints.check(record, leaf);
        anchored = anchored == null ? anchor : anchored;
        weigh(record);
        return null;
    }

    private void weigh(AuditRecord record) {
        Finding time = clocks.check(record);
        Finding lease = leases.check(record);
        stateRoots.see(record);
        if (meaning == null) {
            meaning = time != null ? time : lease;
        }
    }

    /** The record's number or its row's is not the next one. */
    private Finding misplaced(AuditRow row, AuditRecord record, byte[] leaf, boolean linked) {
        if (record.seq() == next) {
            return finding(Damage.REORDERED, next, "its row is numbered " + row.seq());
        }
        if (linked && row.seq() == next) {
            return finding(Damage.EDITED, next, "it is numbered " + record.seq());
        }
        if (record.seq() > next) {
            return laterHas(next)
                    ? finding(Damage.REORDERED, next, "it stands after record " + record.seq())
                    : finding(Damage.MISSING, next, "record " + record.seq() + " stands in its place");
        }
        if (record.seq() < next - 1 || Arrays.equals(leaf, last)) {
            return finding(Damage.DUPLICATE, next, "record " + record.seq() + " stands again in its place");
        }
        if (!macs.covers(record.seq())) {
            return finding(Damage.FORKED, record.seq(), "there are two records of this number");
        }
        return finding(Damage.INSERTED, next, "a second record " + record.seq() + " stands in its place");
    }

    /** The record does not name the one before it: one of the two is not what was written. */
    private Finding unlinked(AuditRow row, byte[] leaf) {
        boolean beforeIsSure = next == 0 || macs.covers(next - 1);
        if (macs.covers(next)) {
            if (!macs.isRight(row, next, leaf)) {
                return finding(Damage.EDITED, next, "neither its link nor its MAC is right");
            }
            return beforeIsSure
                    ? finding(Damage.FORKED, next, "it is genuine and follows another record than the one before it")
                    : finding(Damage.EDITED, next - 1, "the record after it is genuine and names another");
        }
        return beforeIsSure || !isNamedByWhatFollows(leaf)
                ? finding(Damage.EDITED, next, "it does not follow the record before it")
                : finding(Damage.EDITED, next - 1, "the record after it names another");
    }

    /** The record stands rightly in the chain as far as that goes, but its MAC is wrong. */
    private Finding wrongMac(AuditRow row, byte[] leaf) {
        AuditRow following = source.next();
        AuditRecord followingRecord = following == null ? null : parse(following);
        if (followingRecord != null && followingRecord.seq() == next) {
            return finding(Damage.INSERTED, next, "its MAC is wrong, and another record of this number follows");
        }
        if (next == 0 && isAlsoWrong(following, followingRecord, leaf)) {
            return finding(Damage.GENESIS_REKEYED, 0, "it and the record after it have MACs by another key");
        }
        boolean named = followingRecord != null
                ? Arrays.equals(followingRecord.previous(), leaf)
                : following == null && isNamedByHead(leaf);
        long count = following == null ? next + 1 : countRest(following);
        if (macs.covers(next) && macs.isOfLaterEpoch(row, next, leaf, count)) {
            return finding(Damage.REKEYED, next, "its MAC was made with the key of a later epoch");
        }
        return named
                ? finding(Damage.MAC_INVALID, next, "its MAC is wrong")
                : finding(Damage.EDITED, next, "its MAC is wrong, and what follows names another record");
    }

    /** Whether record 1 follows record 0, and its MAC is not the key's either. */
    private boolean isAlsoWrong(@Nullable AuditRow row, @Nullable AuditRecord record, byte[] first) {
        return row != null
                && record != null
                && Arrays.equals(record.previous(), first)
                && macs.covers(1)
                && !macs.isRight(row, 1, TreeHash.leaf(row.record()));
    }

    private @Nullable Finding checkEnd(AuditSource.End end) {
        AuditHead head = head(end);
        if (end.head() == null) {
            if (next == 0) {
                return hasKey ? finding(Damage.TRUNCATED, 0, "the whole log is gone") : checkpoints.checkEnd(log);
            }
            return finding(Damage.HEAD_MISSING, next, "nothing tells that this is the end");
        }
        if (head == null) {
            return finding(Damage.HEAD_INVALID, next, "the head's bytes are not those of a head");
        }
        if (log != null && !head.log().equals(log)) {
            return finding(Damage.FOREIGN_LOG, next, "the head belongs to log " + head.log());
        }
        if (head.count() > next) {
            return finding(Damage.TRUNCATED, next, "the head tells of " + head.count() + " records");
        }
        if (head.count() < next) {
            return finding(Damage.BEYOND_HEAD, head.count(), "the head tells of " + head.count() + " records");
        }
        if (macs.covers(next) && !macs.isRight(head)) {
            return finding(Damage.HEAD_INVALID, next, "the head's MAC is wrong");
        }
        if (!Arrays.equals(head.last(), last)) {
            return next > 0 && !macs.covers(next - 1)
                    ? finding(Damage.EDITED, next - 1, "the head names another record as the last")
                    : finding(Damage.FORKED, next, "the head names another record as the last");
        }
        return contradiction(end);
    }

    /** The chain is whole: does it agree with everything else? */
    private @Nullable Finding contradiction(AuditSource.End end) {
        Finding finding = anchored == null ? checkpoints.checkEnd(log) : anchored;
        if (finding == null && end.stateRoots() != null) {
            finding = stateRoots.compare(end.stateRoots(), next);
        }
        return finding == null ? meaning : finding;
    }

    /** Whether a record of that number stands further on. */
    private boolean laterHas(long seq) {
        AuditRow row = source.next();
        while (row != null) {
            AuditRecord record = parse(row);
            if (record != null && record.seq() == seq) {
                return true;
            }
            row = source.next();
        }
        return false;
    }

    /** About how many records there are in all. */
    private long countRest(AuditRow following) {
        long count = next + 1;
        AuditRow row = following;
        while (row != null) {
            count++;
            row = source.next();
        }
        return count;
    }

    private boolean isNamedByWhatFollows(byte[] leaf) {
        AuditRow following = source.next();
        if (following == null) {
            return isNamedByHead(leaf);
        }
        AuditRecord record = parse(following);
        return record != null && Arrays.equals(record.previous(), leaf);
    }

    private boolean isNamedByHead(byte[] leaf) {
        AuditHead head = head(source.end());
        return head != null && Arrays.equals(head.last(), leaf);
    }

    private static @Nullable AuditHead head(AuditSource.End end) {
        byte[] bytes = end.head();
        try {
            return bytes == null ? null : AuditHead.parse(bytes);
        } catch (CborException e) {
            return null;
        }
    }

    private static @Nullable AuditRecord parse(AuditRow row) {
        try {
            return AuditRecord.parse(row.record());
        } catch (CborException e) {
            return null;
        }
    }

    private static Finding finding(Damage damage, long seq, String detail) {
        return new Finding(damage, seq, detail);
    }
}
