// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** C2SP's Wycheproof vectors through the JCA provider; the vectors themselves are the caller's to bring. */
@NullMarked
package org.ferrohsm.interop.wycheproof;

import org.jspecify.annotations.NullMarked;
