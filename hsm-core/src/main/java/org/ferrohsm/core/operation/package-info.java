// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Running operations, one class per kind. */
@NullMarked
package org.ferrohsm.core.operation;

import org.jspecify.annotations.NullMarked;
