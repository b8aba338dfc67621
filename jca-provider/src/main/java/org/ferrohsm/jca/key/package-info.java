// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Opaque keys, and the ways between the platform's keys and the token's objects. */
@NullMarked
package org.ferrohsm.jca.key;

import org.jspecify.annotations.NullMarked;
