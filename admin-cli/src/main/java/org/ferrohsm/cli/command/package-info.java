// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The nouns and verbs, a class for each verb. */
@NullMarked
package org.ferrohsm.cli.command;

import org.jspecify.annotations.NullMarked;
