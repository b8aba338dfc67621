// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** What the daemon asks of the operating system, through libc: sockets, accounts, hardening, the service manager. */
@NullMarked
package org.ferrohsm.bridge.platform;

import org.jspecify.annotations.NullMarked;
