// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Key hierarchy, envelopes and PIN key derivation: how keys rest. */
@NullMarked
package org.ferrohsm.core.seal;

import org.jspecify.annotations.NullMarked;
