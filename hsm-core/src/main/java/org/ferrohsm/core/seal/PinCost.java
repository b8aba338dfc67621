// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import org.ferrohsm.core.fault.Fault;

/**
 * What one guess at a PIN costs: Argon2id's parameters (RFC 9106 section 3.1).
 *
 * @param memoryKib memory in KiB (m)
 * @param passes passes over the memory (t)
 * @param lanes lanes (p)
 */
public record PinCost(int memoryKib, int passes, int lanes) {
    /** RFC 9106 section 4, second choice: 64 MiB, 3 passes, 4 lanes. */
    public static final PinCost DEFAULT = new PinCost(64 * 1024, 3, 4);

    /** The least that may be chosen (OWASP password storage cheat sheet): 19 MiB, 2 passes, 1 lane. */
    public static final PinCost FLOOR = new PinCost(19 * 1024, 2, 1);

    private static final int MAXIMUM_MEMORY_KIB = 1024 * 1024;
    private static final int MAXIMUM_PASSES = 10;
    private static final int MAXIMUM_LANES = 16;

    /**
     * This cost, chosen by an operator.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD below the floor or above what {@link #stored} accepts
     */
    public PinCost chosen() {
        if (!acceptable() || memoryKib < FLOOR.memoryKib || passes < FLOOR.passes) {
            throw Fault.ARGUMENTS_BAD.because("PINs cannot be hashed with " + this + ": choose 19 MiB to 1 GiB, 2 to "
                    + MAXIMUM_PASSES + " passes, 1 to " + MAXIMUM_LANES + " lanes");
        }
        return this;
    }

    /**
     * This cost, read from a store: checked before anything is spent on it.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_ERROR above 1 GiB, 10 passes or 16 lanes, or where Argon2 is
     *     not defined
     */
    PinCost stored() {
        if (!acceptable()) {
            throw Fault.DEVICE_ERROR.because("the store asks for a PIN hash with " + this + ": it has been changed");
        }
        return this;
    }

    private boolean acceptable() {
        return passes >= 1
                && passes <= MAXIMUM_PASSES
                && lanes >= 1
                && lanes <= MAXIMUM_LANES
                && memoryKib >= 8 * lanes
                && memoryKib <= MAXIMUM_MEMORY_KIB;
    }

    /** Sizes as people write them. */
    @Override
    public String toString() {
        return memoryKib + " KiB, " + passes + " passes, " + lanes + " lanes";
    }
}
