// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import org.ferrohsm.core.audit.VerifyReport.Finding;
import org.jspecify.annotations.Nullable;

/** Looks at what genuine records say: something may be wrong with it although the chain is whole. */
interface MeaningCheck {
    /** What is wrong with this record after those before it, null if nothing is. */
    @Nullable
    Finding check(AuditRecord record);
}
