// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import java.security.MessageDigest;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.approval.Digests;

/**
 * The use of a key under a policy that has a say in it. What it is used on is known only at its end: there the approval is
 * spent, or a request opened, before anything leaves.
 */
public final class GovernedUse implements Lease {
    /** What stands before the data in their digest. */
    public static final String DATA = "ferrohsm-approval-data-v1";

    private final Governance governance;
    private final Deed deed;
    private final MessageDigest data = Digests.begin(DATA);

    public GovernedUse(Governance governance, Deed deed) {
        this.governance = governance;
        this.deed = deed;
    }

    @Override
    public void bind(byte[] part) {
        data.update(part);
    }

    @Override
    public boolean withholds() {
        return true;
    }

    @Override
    public void used() {
        governance.perform(deed, data.digest());
    }

    @Override
    public void failed(Fault fault) {
        governance.failed(deed, fault);
    }
}
