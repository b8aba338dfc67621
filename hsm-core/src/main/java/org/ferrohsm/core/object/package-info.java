// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Objects, their schemas as data, and the one resolver that makes an object from a template. */
@NullMarked
package org.ferrohsm.core.object;

import org.jspecify.annotations.NullMarked;
