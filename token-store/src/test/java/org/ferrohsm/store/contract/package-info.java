// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What every store must do, as tests that each implementation runs. */
@NullMarked
package org.ferrohsm.store.contract;

import org.jspecify.annotations.NullMarked;
