// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Applications, sessions, their states and their handles. */
@NullMarked
package org.ferrohsm.core.session;

import org.jspecify.annotations.NullMarked;
