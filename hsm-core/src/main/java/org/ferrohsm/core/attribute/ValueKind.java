// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

/** The shape of an attribute's value (PKCS#11 3.2 section 4, "data type" of the attribute tables). */
public enum ValueKind {
    /** CK_BBOOL. */
    BOOL,
    /** CK_ULONG and its aliases; 64 bits, unsigned. */
    ULONG,
    /** Uninterpreted bytes. */
    BYTES,
    /** An unsigned big-endian integer; leading zeros do not count. */
    BIG_INTEGER,
    /** UTF-8 text without a terminator. */
    TEXT,
    /** CK_DATE, eight ASCII digits, or empty. */
    DATE,
    /** An array of mechanism types. */
    MECHANISMS,
    /** A nested attribute array. */
    TEMPLATE
}
