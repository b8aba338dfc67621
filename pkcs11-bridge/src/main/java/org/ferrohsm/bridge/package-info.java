// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The Java side of the PKCS#11 library: where its calls enter. */
@NullMarked
package org.ferrohsm.bridge;

import org.jspecify.annotations.NullMarked;
