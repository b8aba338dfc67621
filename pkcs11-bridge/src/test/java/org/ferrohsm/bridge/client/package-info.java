// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The other end of the wire, for tests: requests as the C library writes them, answers as it reads them. */
@NullMarked
package org.ferrohsm.bridge.client;

import org.jspecify.annotations.NullMarked;
