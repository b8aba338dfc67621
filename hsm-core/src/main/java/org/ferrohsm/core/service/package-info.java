// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The doors' only way in: slots, sessions, objects, keys, crypto and administration. */
@NullMarked
package org.ferrohsm.core.service;

import org.jspecify.annotations.NullMarked;
