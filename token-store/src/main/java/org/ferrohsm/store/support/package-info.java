// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What every store implementation shares: the rules of nesting and of row checks. */
@NullMarked
package org.ferrohsm.store.support;

import org.jspecify.annotations.NullMarked;
