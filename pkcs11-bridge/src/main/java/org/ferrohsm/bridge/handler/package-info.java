// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What each call does, by topic. */
@NullMarked
package org.ferrohsm.bridge.handler;

import org.jspecify.annotations.NullMarked;
