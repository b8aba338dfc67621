// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_TRANSPORT_H
#define FERROHSM_TRANSPORT_H

#include <stddef.h>

#include "message.h"

/*
 * How messages reach Java: in this process (embedded.c) or in the daemon's (daemon.c). Nothing above this knows which.
 */

/* Makes the other side reachable, if it is not already: called under the lifecycle's lock. */
CK_RV transport_open(void);

/*
 * Sends the first `request` bytes of the calling thread's message and overwrites them with the answer, whose length goes to
 * `response`. A code other than CKR_OK means that there is no answer.
 */
CK_RV transport_call(struct message *message, size_t request, size_t *response);

/* The application has ended, or could not begin: called under the lifecycle's lock. */
void transport_close(void);

/* The message's memory is about to go: whatever points into it goes first. */
void transport_forget(struct message *message);

/* The calling thread ends. */
void transport_leave(void);

#endif
