// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_PROTOCOL_H
#define FERROHSM_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "message.h"

/* What goes over a connection to a daemon, see docs/spec/wire.md, "Daemon": a byte each way, then messages in frames. */

/* Whether both sides speak the same version. */
bool protocol_greet(int fd);

/* Sends a message; false if it did not get away whole. */
bool protocol_send(int fd, unsigned char *data, size_t length);

/*
 * Whether a connection looks for its answer before it sleeps: to wake a thread takes longer than most calls do. Where looking was
 * in vain it is left off for some calls, about twice as many each time. All zero to begin with.
 */
struct eagerness {
    unsigned pause;
    unsigned left;
};

/* Looks for some tens of microseconds, if that is worth while, whether something has come. */
void protocol_await(int fd, struct eagerness *eager);

/* Receives a frame of at most `most` bytes into the message. CKR_DEVICE_REMOVED if the daemon goes before it has answered. */
CK_RV protocol_receive(int fd, struct message *message, size_t most, size_t *response);

/* The call that a message is, CALL_*. */
size_t protocol_call(const unsigned char *message);

#endif
