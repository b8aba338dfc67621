// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What the core costs beside the engines that do its arithmetic. */
@NullMarked
package org.ferrohsm.benchmarks;

import org.jspecify.annotations.NullMarked;
