// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Configuration, and the runtime that wires everything by hand. */
@NullMarked
package org.ferrohsm.core.boot;

import org.jspecify.annotations.NullMarked;
