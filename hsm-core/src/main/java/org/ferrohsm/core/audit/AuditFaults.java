// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.store.api.StoreException;

/** What it means for a caller that a record could not be written. */
final class AuditFaults {
    private AuditFaults() {}

    /** DEVICE_MEMORY where the store is full, DEVICE_ERROR else. */
    static HsmException of(StoreException cause) {
        Fault fault = cause.kind() == StoreException.Kind.FULL ? Fault.DEVICE_MEMORY : Fault.DEVICE_ERROR;
        return fault.because("the audit record cannot be written: " + cause.getMessage(), cause);
    }
}
