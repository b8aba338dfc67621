// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Decides over keys that no one person may use: policy, people and approvals of a token, and the use of what was approved. */
@NullMarked
package org.ferrohsm.core.governance;

import org.jspecify.annotations.NullMarked;
