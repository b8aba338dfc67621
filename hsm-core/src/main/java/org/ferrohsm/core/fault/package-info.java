// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** One enum of everything that can go wrong, and the one exception that carries it. */
@NullMarked
package org.ferrohsm.core.fault;

import org.jspecify.annotations.NullMarked;
