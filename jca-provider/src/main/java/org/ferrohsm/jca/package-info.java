// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The provider and its one table of services. */
@NullMarked
package org.ferrohsm.jca;

import org.jspecify.annotations.NullMarked;
