// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

/**
 * One call of an attacker.
 *
 * @param call what is called
 * @param first which of the keys at hand, counted from the newest
 * @param second which other key, counted from the oldest, or which of the bytes seen so far, counted from the newest
 * @param use the attribute that is asked for, or changed
 * @param other a second attribute, often the same
 * @param sensitive what is said of CKA_SENSITIVE
 */
record Step(Call call, int first, int second, long use, long other, boolean sensitive) {
    enum Call {
        GENERATE,
        CREATE_KNOWN,
        COPY,
        ALLOW,
        FORBID,
        WRAP,
        WRAP_FOR_ME,
        UNWRAP,
        ENCRYPT,
        DECRYPT,
        DECRYPT_WRAPPED,
        READ
    }
}
