// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The engines behind the services: signatures, ciphers, MACs, digests, agreements and generators. */
@NullMarked
package org.ferrohsm.jca.engine;

import org.jspecify.annotations.NullMarked;
