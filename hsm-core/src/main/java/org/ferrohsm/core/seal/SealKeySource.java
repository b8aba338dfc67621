// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.security.SecureRandom;

/** Where the seal key comes from. */
public interface SealKeySource {
    /**
     * The key that is there.
     *
     * @throws org.ferrohsm.core.fault.HsmException GENERAL_ERROR if there is none, or none that can be trusted
     */
    SealKey load();

    /**
     * The key that is there; else a new one, where this source can make one. Processes that do this at once get the same
     * key.
     *
     * @throws org.ferrohsm.core.fault.HsmException GENERAL_ERROR if there is no key and none can be made
     */
    SealKey loadOrCreate(SecureRandom random);

    /** The place, for messages. */
    String location();
}
