// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import org.ferrohsm.core.fault.Fault;

/**
 * The right to use a key once. Whoever holds it calls {@link #used} or {@link #failed} once, after the computation and
 * before any of its output is released; if that throws, the output is wiped and the call fails with the same fault.
 */
public interface Lease {
    /**
     * Takes in what the key is used on, where somebody must have agreed to it.
     *
     * @param part a part of it, in order, not to be kept
     */
    default void bind(byte[] part) {}

    /** Whether nothing may leave before {@link #used} has returned, not even of a part. */
    default boolean withholds() {
        return false;
    }

    /**
     * The use succeeded.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_MEMORY or DEVICE_ERROR if it cannot be recorded
     */
    void used();

    /**
     * The use failed.
     *
     * @throws org.ferrohsm.core.fault.HsmException DEVICE_MEMORY or DEVICE_ERROR if that cannot be recorded
     */
    void failed(Fault fault);
}
