// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The key store FERROHSM: a token's keys and certificates under aliases. */
@NullMarked
package org.ferrohsm.jca.keystore;

import org.jspecify.annotations.NullMarked;
