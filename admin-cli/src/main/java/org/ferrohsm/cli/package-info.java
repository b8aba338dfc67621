// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The ferrohsm command: where a command line becomes a call and a fault becomes an exit code. */
@NullMarked
package org.ferrohsm.cli;

import org.jspecify.annotations.NullMarked;
