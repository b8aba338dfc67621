// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Real programs against the product as it is laid out under {@code dist/}. */
@NullMarked
package org.ferrohsm.interop;

import org.jspecify.annotations.NullMarked;
