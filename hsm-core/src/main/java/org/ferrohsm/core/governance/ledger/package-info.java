// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The rows in which a token's governance rests, sealed and accounted for as a whole. */
@NullMarked
package org.ferrohsm.core.governance.ledger;

import org.jspecify.annotations.NullMarked;
