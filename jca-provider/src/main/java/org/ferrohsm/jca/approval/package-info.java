// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What Java programs see of approvals. */
@NullMarked
package org.ferrohsm.jca.approval;

import org.jspecify.annotations.NullMarked;
