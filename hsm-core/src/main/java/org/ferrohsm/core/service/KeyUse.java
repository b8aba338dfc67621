// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.function.Supplier;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.fault.HsmException;

/** One use of a key under a lease, which learns how it ends. */
final class KeyUse {
    private KeyUse() {}

    /** Computes and settles the lease: the result may leave. */
    static <T> T used(Lease lease, Supplier<T> work) {
        T result = computed(lease, work);
        lease.used();
        return result;
    }

    /** Computes; the lease is still to be settled unless that fails. */
    static <T> T computed(Lease lease, Supplier<T> work) {
        try {
            return work.get();
        } catch (HsmException e) {
            lease.failed(e.fault());
            throw e;
        }
    }
}
