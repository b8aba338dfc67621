// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.service.TokenInfo;

/** A token and where it is. */
public record Token(long slot, TokenInfo info) {
    /** What tells it from others. */
    public String described() {
        return "label \"" + info.label() + "\", serial " + info.serial() + ", slot:" + slot;
    }

    /** The state of the user's PIN, in a word or two. */
    public String userPin() {
        if (has(Ckf.CKF_USER_PIN_LOCKED)) {
            return "locked";
        }
        if (!has(Ckf.CKF_USER_PIN_INITIALIZED)) {
            return "not set";
        }
        return tries(Ckf.CKF_USER_PIN_FINAL_TRY, Ckf.CKF_USER_PIN_COUNT_LOW);
    }

    /** The state of the security officer's PIN, in a word or two. */
    public String soPin() {
        return has(Ckf.CKF_SO_PIN_LOCKED) ? "locked" : tries(Ckf.CKF_SO_PIN_FINAL_TRY, Ckf.CKF_SO_PIN_COUNT_LOW);
    }

    /** The token in a list. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slot", slot);
        fields.put("label", info.label());
        fields.put("serial", info.serial());
        fields.put("userPin", userPin());
        fields.put("soPin", soPin());
        return fields;
    }

    private String tries(long finalTry, long low) {
        if (has(finalTry)) {
            return "set, one try left";
        }
        return has(low) ? "set, wrong tries" : "set";
    }

    private boolean has(long flag) {
        return (info.flags() & flag) != 0;
    }
}
