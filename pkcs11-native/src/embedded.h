// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_EMBEDDED_H
#define FERROHSM_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

#include "message.h"

/* The transport into a JVM in this process; the functions are those of transport.h. */

/* Whether a fork has taken the JVM's threads away: this process can have no other JVM. */
bool embedded_lost(void);

/* CKR_FUNCTION_NOT_SUPPORTED if the JVM that the process has lacks modules of the JDK. */
CK_RV embedded_open(void);
CK_RV embedded_call(struct message *message, size_t request, size_t *response);
void embedded_forget(struct message *message);
void embedded_leave(void);

#endif
