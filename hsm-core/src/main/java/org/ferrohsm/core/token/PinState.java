// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

/**
 * Where a role's PIN stands (PKCS#11 3.2 section 3.1, the flags of CK_TOKEN_INFO).
 *
 * @param initialized whether there is a PIN
 * @param tries wrong or unfinished tries since the last right one
 * @param limit how many of them lock the PIN
 */
public record PinState(boolean initialized, int tries, int limit) {
    /** Whether a wrong PIN was entered since the last right one: CKF_SO_PIN_COUNT_LOW, CKF_USER_PIN_COUNT_LOW. */
    public boolean countLow() {
        return initialized && tries > 0;
    }

    /** Whether one more wrong PIN locks it: CKF_SO_PIN_FINAL_TRY, CKF_USER_PIN_FINAL_TRY. */
    public boolean finalTry() {
        return initialized && tries == limit - 1;
    }

    /** Whether no more PIN is looked at: CKF_SO_PIN_LOCKED, CKF_USER_PIN_LOCKED. */
    public boolean locked() {
        return initialized && tries >= limit;
    }

    /** Tries that are left. */
    public int triesLeft() {
        return Math.max(0, limit - tries);
    }
}
