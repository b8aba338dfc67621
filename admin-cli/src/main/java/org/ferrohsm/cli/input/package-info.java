// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What the operator gives: PINs, tokens, keys, and answers to questions. */
@NullMarked
package org.ferrohsm.cli.input;

import org.jspecify.annotations.NullMarked;
