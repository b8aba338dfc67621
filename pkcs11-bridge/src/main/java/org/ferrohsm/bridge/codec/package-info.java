// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Attributes, mechanisms and faults between the wire and the core. */
@NullMarked
package org.ferrohsm.bridge.codec;

import org.jspecify.annotations.NullMarked;
