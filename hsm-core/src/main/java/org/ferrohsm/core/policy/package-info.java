// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Security profiles: small rules about keys and their use, each the answer to an attack. */
@NullMarked
package org.ferrohsm.core.policy;

import org.jspecify.annotations.NullMarked;
