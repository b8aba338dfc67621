// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The store as the rest of FerroHSM sees it: opaque sealed rows, transactions and a revision. */
@NullMarked
package org.ferrohsm.store.api;

import org.jspecify.annotations.NullMarked;
