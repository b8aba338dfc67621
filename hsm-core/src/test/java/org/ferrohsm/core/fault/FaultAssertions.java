// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Asserts what a call is refused with. */
public final class FaultAssertions {
    private FaultAssertions() {}

    /** The call ends with {@code fault} and a detail that has all {@code parts} in it. */
    public static void assertFault(Fault fault, Executable call, String... parts) {
        HsmException refused = assertThrows(HsmException.class, call);
        assertEquals(fault, refused.fault(), refused.getMessage());
        String detail = String.valueOf(refused.getMessage());
        for (String part : parts) {
            assertTrue(detail.contains(part), detail);
        }
    }
}
