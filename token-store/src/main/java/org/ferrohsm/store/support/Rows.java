// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.support;

import org.ferrohsm.store.api.AuditRow;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.TokenRow;

/** Refuses arguments that no store can hold, in the same words everywhere. */
public final class Rows {
    private Rows() {}

    /** A token's slot is not negative. */
    public static void check(TokenRow row) {
        require(row.slot() >= 0, "A slot id is 0 to 2^31-1");
    }

    /** An object's version is at least {@code lowest}. */
    public static void check(ObjectRow row, long lowest) {
        require(row.version() >= lowest, "The version of this object is at least " + lowest);
    }

    /** An audit record's number is not negative. */
    public static void check(AuditRow row) {
        require(row.seq() >= 0, "The first audit record is number 0");
    }

    /** A page starts at 0 or later and holds at least one row. */
    public static void checkPage(long from, int limit) {
        require(from >= 0 && limit > 0, "A page starts at 0 or later and holds at least one row");
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ".");
        }
    }
}
