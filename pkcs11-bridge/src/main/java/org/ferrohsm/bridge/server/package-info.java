// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** The daemon: the same calls for many processes, over a Unix socket. */
@NullMarked
package org.ferrohsm.bridge.server;

import org.jspecify.annotations.NullMarked;
