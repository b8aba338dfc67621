// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The messages between C and Java: their parts, decoded and encoded as docs/spec/wire.md says. */
@NullMarked
package org.ferrohsm.bridge.wire;

import org.jspecify.annotations.NullMarked;
