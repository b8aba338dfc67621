// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_PRIVATEDAEMON_H
#define FERROHSM_PRIVATEDAEMON_H

#include "ck.h"

/*
 * Opens the daemon transport to a daemon for this process and its siblings alone: that which one of them has started, or a new
 * one. It ends soon after its last client.
 */
CK_RV private_daemon_open(void);

/* Agrees with the children to come on where their daemon will be. */
void private_daemon_prepare(void);

#endif
