// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The policy document of a token: its rules, how it is read, and what it decides of one operation. */
@NullMarked
package org.ferrohsm.core.governance.policy;

import org.jspecify.annotations.NullMarked;
