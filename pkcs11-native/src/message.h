// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_MESSAGE_H
#define FERROHSM_MESSAGE_H

#include <stddef.h>

#include "ck.h"

/* No message is longer: Java counts its buffers in ints. */
#define MESSAGE_MAX ((size_t) 0x7fffff00)

/* A thread's buffer: the request goes out of it and the answer comes into it. */
struct message {
    unsigned char *data;
    size_t capacity;
    unsigned long generation; /* of the process that made it, see lifecycle.h */
    void *peer;               /* what the transport keeps beside it */
};

/* The calling thread's message, made on first use; NULL when memory is short. */
struct message *message_of_thread(void);

/* Makes room for `size` bytes and keeps the first `keep`: CKR_OK or CKR_HOST_MEMORY. */
CK_RV message_reserve(struct message *message, size_t size, size_t keep);

/* Overwrites the first `used` bytes and gives back what an unusually large message took. */
void message_wipe(struct message *message, size_t used);

#endif
