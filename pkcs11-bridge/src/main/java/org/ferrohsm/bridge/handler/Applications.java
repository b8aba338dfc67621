// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

/** Where a caller's application comes from. */
@FunctionalInterface
public interface Applications {
    /**
     * C_Initialize.
     *
     * @throws org.ferrohsm.core.fault.HsmException GENERAL_ERROR if the configuration, the store or its seal key is not
     *     usable: PKCS#11 3.2 section 5.4.1 gives C_Initialize no other value for them
     */
    Attachment attach(Introduction who);
}
