// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What transparency logs have in common: Merkle trees and proofs (RFC 6962), signed notes and checkpoints (C2SP). */
@NullMarked
package org.ferrohsm.core.tlog;

import org.jspecify.annotations.NullMarked;
