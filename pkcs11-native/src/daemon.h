// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_DAEMON_H
#define FERROHSM_DAEMON_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "message.h"

/* The transport to a daemon over a Unix socket, see docs/spec/wire.md, "Daemon"; the functions are those of transport.h. */

/* Where a daemon listens. */
struct daemon_address {
    struct sockaddr_un un;
    socklen_t length;
};

/* A socket in the file system; false if the path is too long. */
bool daemon_address(struct daemon_address *address, const char *path);

/* CKR_DEVICE_REMOVED if no daemon answers there. Later connections go there too. */
CK_RV daemon_open(const struct daemon_address *address);
CK_RV daemon_call(struct message *message, size_t request, size_t *response);
void daemon_close(void);

#endif
