// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Libraries that Java users already have, each run on keys of the token. */
@NullMarked
package org.ferrohsm.jca.library;

import org.jspecify.annotations.NullMarked;
