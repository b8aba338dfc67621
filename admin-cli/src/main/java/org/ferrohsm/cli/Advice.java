// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import org.ferrohsm.core.fault.Fault;

/** What an operator can do about a fault whose own words cannot know that there is a command for it. */
final class Advice {
    private Advice() {}

    /** To be put after the fault's sentence; empty where that says it all. */
    static String after(Fault fault) {
        return switch (fault) {
            case PIN_INCORRECT -> "; wrong tries in a row lock it, `ferrohsm token list` shows its state";
            case PIN_LOCKED -> "; the security officer unlocks a user PIN with `ferrohsm token unlock`";
            case USER_PIN_NOT_INITIALIZED -> "; the security officer sets it with `ferrohsm token unlock`";
            case DEVICE_ERROR -> "; `ferrohsm doctor` tells what still works";
            default -> "";
        };
    }
}
