// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What a caller may ask of a key to be made or imported. */
@NullMarked
package org.ferrohsm.jca.spec;

import org.jspecify.annotations.NullMarked;
