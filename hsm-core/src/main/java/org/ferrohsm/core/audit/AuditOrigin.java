// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.util.UUID;

/**
 * Who writes.
 *
 * @param node the machine, by a name that its operator knows
 * @param boot this run of the program: fresh at every start, so that monotonic times of one run can be compared
 * @param program what runs, with its version
 */
public record AuditOrigin(String node, UUID boot, String program) {
    public AuditOrigin {
        node = AuditText.bounded(node);
        program = AuditText.bounded(program);
    }
}
