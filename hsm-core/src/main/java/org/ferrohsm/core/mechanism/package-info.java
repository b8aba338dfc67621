// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** One row per mechanism: what it can do, with which keys and parameters, and who does it. */
@NullMarked
package org.ferrohsm.core.mechanism;

import org.jspecify.annotations.NullMarked;
