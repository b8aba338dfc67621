// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Mechanism parameters as typed values, already checked for shape by the door that read them. */
@NullMarked
package org.ferrohsm.core.mechanism.parameter;

import org.jspecify.annotations.NullMarked;
