// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What works on this machine and what does not, each with what to do. */
@NullMarked
package org.ferrohsm.cli.doctor;

import org.jspecify.annotations.NullMarked;
