// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

/** What a verifier can find wrong, each with the exit code by which `ferrohsm audit verify` says so. */
public enum Damage {
    /** The bytes are not the canonical bytes of a record. */
    NOT_CANONICAL(40),
    /** The record is not what was written. */
    EDITED(41),
    /** The record has no MAC. */
    MAC_MISSING(42),
    /** The record stands in the chain, but its MAC was not made with the log's key. */
    MAC_INVALID(43),
    /** The MAC was made with the key of a later epoch than the record's. */
    REKEYED(44),
    /** A record between others is gone. */
    MISSING(45),
    /** A record stands where it does not belong. */
    REORDERED(46),
    /** A record that the log had before stands in it again. */
    DUPLICATE(47),
    /** A record was put between others. */
    INSERTED(48),
    /** The log, or its head, is another one than the key or the head is of. */
    FOREIGN_LOG(49),
    /** Two histories: genuine records that do not follow one another, or two records with one number. */
    FORKED(50),
    /** The last records are gone. */
    TRUNCATED(51),
    /** The log's head is gone. */
    HEAD_MISSING(52),
    /** The log's head is not what was written. */
    HEAD_INVALID(53),
    /** There are records after the end that the head tells of. */
    BEYOND_HEAD(54),
    /** Time ran backwards; the chain itself is whole. */
    CLOCK_REWOUND(55),
    /** A lease's end does not agree with its beginning; the chain itself is whole. */
    LEASE_INCONSISTENT(56),
    /** The store's objects are not those that the log tells of; the chain itself is whole. */
    STATE_ROOT_MISMATCH(57),

    /** A record of another log stands among this one's. */
    SPLICED(58),

    /** Every MAC is wrong from the first record on: the whole log was made anew with another key. */
    GENESIS_REKEYED(59),

    /** The store's objects are those of an earlier record; the chain itself is whole. */
    STORE_ROLLED_BACK(60),

    /** A checkpoint is none, is of another log, or is not signed by the log's key. */
    CHECKPOINT_INVALID(61),

    /** A genuine checkpoint tells of other records than the log has. */
    CHECKPOINT_MISMATCH(62),

    /** A genuine checkpoint tells of more records than the log has. */
    CHECKPOINT_AHEAD(63);

    private final int exitCode;

    Damage(int exitCode) {
        this.exitCode = exitCode;
    }

    /** The exit code of the command. */
    public int exitCode() {
        return exitCode;
    }
}
