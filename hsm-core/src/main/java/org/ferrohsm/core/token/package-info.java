// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Slots, tokens, login and the PIN guard, and the objects of a token. */
@NullMarked
package org.ferrohsm.core.token;

import org.jspecify.annotations.NullMarked;
