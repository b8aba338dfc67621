// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What the command says: as text for people, as JSON for programs, and how it ends. */
@NullMarked
package org.ferrohsm.cli.output;

import org.jspecify.annotations.NullMarked;
