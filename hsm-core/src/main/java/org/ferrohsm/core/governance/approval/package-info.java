// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Requests bound to one exact operation, votes on them, and the states that they go through. */
@NullMarked
package org.ferrohsm.core.governance.approval;

import org.jspecify.annotations.NullMarked;
