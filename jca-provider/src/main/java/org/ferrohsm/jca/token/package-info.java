// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** One token as the provider sees it: configuration, runtime, sessions, login, and what becomes of faults. */
@NullMarked
package org.ferrohsm.jca.token;

import org.jspecify.annotations.NullMarked;
