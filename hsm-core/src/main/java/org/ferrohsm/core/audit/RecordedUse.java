// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import org.ferrohsm.core.fault.Fault;

/** A use that gets its own record. */
final class RecordedUse implements Lease {
    private final AuditLog log;
    private final LeaseKey key;

    RecordedUse(AuditLog log, LeaseKey key) {
        this.log = log;
        this.key = key;
    }

    @Override
    public void used() {
        log.append(key.event(key.operation()).build());
    }

    @Override
    public void failed(Fault fault) {
        log.append(key.event(key.operation()).failed(fault).build());
    }
}
