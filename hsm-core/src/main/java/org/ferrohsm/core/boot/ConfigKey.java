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
    NODE("node", "${host}", "What audit records call this machine.");

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
