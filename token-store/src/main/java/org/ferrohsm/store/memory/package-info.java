// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The store that lives in memory and ends with its process. */
@NullMarked
package org.ferrohsm.store.memory;

import org.jspecify.annotations.NullMarked;
