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

/* Receives a frame of at most `most` bytes into the message. CKR_DEVICE_REMOVED if the daemon goes before it has answered. */
CK_RV protocol_receive(int fd, struct message *message, size_t most, size_t *response);

/* The call that a message is, CALL_*. */
size_t protocol_call(const unsigned char *message);

#endif
