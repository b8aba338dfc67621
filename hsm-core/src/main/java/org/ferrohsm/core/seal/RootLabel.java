// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

/** What the keys below the root key are for. */
public enum RootLabel {
    /** Joins the PIN in wrapping token keys: a stolen database alone cannot be searched for PINs. */
    PIN("pin"),
    /** Seals what can be read without a login. */
    PUBLIC("public"),
    /** Authenticates the audit log. */
    AUDIT("audit"),
    /** Authenticates PIN counters and state roots. */
    STATE("state"),
    /** Makes blind indexes. */
    INDEX("index");

    private final String label;

    RootLabel(String label) {
        this.label = label;
    }

    String purpose() {
        return "ferrohsm root " + label;
    }
}
