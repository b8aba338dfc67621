// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Opens a store by its URL. */
@NullMarked
package org.ferrohsm.store;

import org.jspecify.annotations.NullMarked;
