// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Events, the hash chain with its ratcheted MAC, usage leases and the verifier. */
@NullMarked
package org.ferrohsm.core.audit;

import org.jspecify.annotations.NullMarked;
