// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Which JCA provider does the arithmetic. */
@NullMarked
package org.ferrohsm.core.engine;

import org.jspecify.annotations.NullMarked;
