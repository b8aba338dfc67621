// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.OptionalLong;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.session.Application;

/** One caller's hold on its application, from C_Initialize to C_Finalize or until the caller is gone. */
public interface Attachment {
    HsmRuntime runtime();

    /**
     * The application.
     *
     * @throws org.ferrohsm.core.fault.HsmException CRYPTOKI_NOT_INITIALIZED if another caller has ended it
     */
    Application application();

    /** The slot of something that has happened since the application asked last, or began (PKCS#11 3.2 section 5.5.4). */
    OptionalLong slotEvent();

    /** Whether nobody awaits the answer of a call any more. */
    boolean isAbandoned();

    /** C_Finalize: the application ends, for all that hold it. */
    void end();

    /** The caller is gone without C_Finalize: the application ends if nobody else holds it. */
    void leave();
}
