// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.GeneralSecurityException;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/** Runs engine code; whatever it throws leaves as a fault. */
final class EngineCall {
    /** Something that an engine does. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws GeneralSecurityException;
    }

    private EngineCall() {}

    /**
     * The result of {@code work}. Engines throw unchecked exceptions of many kinds at malformed input, so those count
     * as much as the declared ones.
     */
    static <T> T orFault(Fault fault, String otherwise, Work<T> work) {
        try {
            return work.run();
        } catch (HsmException e) {
            throw e;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw fault.because(otherwise, e);
        }
    }
}
