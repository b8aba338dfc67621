// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The only holder of secret bytes. */
@NullMarked
package org.ferrohsm.core.secret;

import org.jspecify.annotations.NullMarked;
