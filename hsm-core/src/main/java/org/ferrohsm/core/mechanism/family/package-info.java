// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The mechanisms themselves, one file per family; families do not know each other. */
@NullMarked
package org.ferrohsm.core.mechanism.family;

import org.jspecify.annotations.NullMarked;
