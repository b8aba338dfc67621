// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Where checkpoints of the audit log are kept outside the store; the only room that speaks HTTP and starts programs. */
@NullMarked
package org.ferrohsm.core.anchor;

import org.jspecify.annotations.NullMarked;
