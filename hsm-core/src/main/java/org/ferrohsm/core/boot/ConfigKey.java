// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

/** Every key of the configuration file, its default and what it means. */
public enum ConfigKey {
    STORE("store", "sqlite:${data}/store.db", "Where tokens are kept: sqlite:PATH or memory:."),
    SEAL_KEY_FILE(
            "seal.key.file",
            "${config}/seal.key",
            "The key that seals the store, made on first use with mode 0600. Without it the store is lost: back it up"
                    + " apart from the store."),
    TOKEN_PROFILE(
            "token.profile",
            "default",
            "The security profile of tokens that C_InitToken makes, and of those made without --profile: default, strict or"
                    + " compat."),
    PIN_TRIES("pin.tries", "10", "Wrong PINs in a row that lock a PIN, 1 to 100."),
    PIN_MEMORY(
            "pin.argon2.memory-kib", "65536", "Memory that one guess at a PIN costs (Argon2id m), 19456 to 1048576."),
    PIN_PASSES("pin.argon2.passes", "3", "Passes over that memory (Argon2id t), 2 to 10."),
    PIN_LANES("pin.argon2.lanes", "4", "Lanes (Argon2id p), 1 to 16."),
    AUDIT_MODE(
            "audit.mode",
            "lease",
            "lease: one durable record covers many uses of a key and another counts them; per-use: a durable record for"
                    + " each use."),
    AUDIT_LEASE_USES("audit.lease.uses", "100000", "Uses that one lease covers at most."),
    AUDIT_LEASE_SECONDS("audit.lease.seconds", "60", "Seconds that one lease lasts at most."),
    AUDIT_KEY_FOLDER(
            "audit.key.folder",
            "${config}",
            "Where the audit log's verification key is written when a log begins; move it to the auditor."),
    AUDIT_ANCHORS(
            "audit.anchors",
            "",
            "Where the audit log's checkpoints are kept besides the store, separated by spaces: file:PATH, git:PATH,"
                    + " tsa:URL, witness:URL#VKEY, s3:URL."),
    AUDIT_ANCHOR_SPOOL("audit.anchor.spool", "1024", "Checkpoints that wait for an anchor that is away, 1 to 1000000."),
    AUDIT_ANCHOR_WHEN_AWAY(
            "audit.anchor.when-away",
            "continue",
            "When so many wait. continue: the oldest makes room; stop: no key can be used and nothing changed."),
    AUDIT_ANCHOR_FOLDER(
            "audit.anchor.folder", "${data}/anchors", "Where time stamps and cosigned checkpoints are kept."),
    AUDIT_ANCHOR_GIT_REMOTE(
            "audit.anchor.git.remote", "", "Where the git repository is pushed to after each commit, if anywhere."),
    AUDIT_ANCHOR_S3_KEY_FILE(
            "audit.anchor.s3.key.file",
            "${config}/s3.key",
            "Holds the lines access-key-id = ID and secret-access-key = KEY."),
    AUDIT_ANCHOR_S3_REGION("audit.anchor.s3.region", "us-east-1", "The region that requests to S3 are signed for."),
    AUDIT_ANCHOR_S3_DAYS(
            "audit.anchor.s3.days", "365", "For how long objects in S3 are locked (mode COMPLIANCE), 1 to 36500."),
    NODE("node", "${host}", "What audit records call this machine."),
    MODE(
            "mode",
            "auto",
            "How programs with the PKCS#11 library reach the tokens: embedded, in the process itself; daemon, through"
                    + " the daemon's socket; auto, through the daemon if it answers, else embedded."),
    DAEMON_SOCKET(
            "daemon.socket",
            "${runtime}/daemon.sock",
            "Where the daemon listens, in a folder that nobody else may write to."),
    DAEMON_ALLOW(
            "daemon.allow",
            "",
            "Who may connect beside root and the daemon's own user: users, and groups after an @, by name or number,"
                    + " separated by blanks."),
    DAEMON_CONNECTIONS("daemon.connections", "4096", "Connections that the daemon holds at once, 1 to 65536."),
    DAEMON_IDLE(
            "daemon.idle-seconds",
            "0",
            "Seconds without a call after which the daemon ends a connection, 0 for never. The sessions of a program"
                    + " whose last connection ends are closed.");

    private final String key;
    private final String byDefault;
    private final String meaning;

    ConfigKey(String key, String byDefault, String meaning) {
        this.key = key;
        this.byDefault = byDefault;
        this.meaning = meaning;
    }

    /** As it stands in the file. */
    public String key() {
        return key;
    }

    /** The value where the file is silent; {@code ${config}} and {@code ${data}} are the user's folders. */
    public String byDefault() {
        return byDefault;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
