// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The command as its users run it, on real stores in temporary folders. */
@NullMarked
package org.ferrohsm.cli;

import org.jspecify.annotations.NullMarked;
