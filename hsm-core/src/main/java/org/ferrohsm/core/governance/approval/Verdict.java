// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.approval;

import java.util.Arrays;
import org.ferrohsm.core.audit.cbor.CborException;

/** What an approver says of a request. */
public enum Verdict {
    APPROVE(1),
    DENY(2),
    /** What was approved shall not be used any more. */
    REVOKE(3);

    private final int code;

    Verdict(int code) {
        this.code = code;
    }

    /** Its number in what is signed. */
    int code() {
        return code;
    }

    static Verdict of(long code) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.code == code)
                .findFirst()
                .orElseThrow(() -> new CborException("a verdict with the number " + code));
    }
}
