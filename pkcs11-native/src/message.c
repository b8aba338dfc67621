// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "message.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "lifecycle.h"
#include "transport.h"

#define FIRST_CAPACITY ((size_t) 64 << 10)
/* Data comes in parts of up to some MiB; a buffer that had to hold more is not kept. */
#define KEPT_CAPACITY ((size_t) 4 << 20)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static int key_failed;
static _Thread_local struct message *current;

static void replace(struct message *message, unsigned char *data, size_t capacity)
{
    transport_forget(message);
    free(message->data);
    message->data = data;
    message->capacity = capacity;
}

static void thread_ends(void *value)
{
    struct message *message = value;
    current = NULL;
    /* In a forked child the transport's threads are gone: nothing of it may be touched. */
    if (message->generation == lifecycle_generation()) {
        replace(message, NULL, 0);
        transport_leave();
    } else {
        free(message->data);
    }
    free(message);
}

static void make_key(void)
{
    key_failed = pthread_key_create(&key, thread_ends);
}

struct message *message_of_thread(void)
{
    if (current != NULL) {
        if (current->generation != lifecycle_generation()) {
            /* The parent's transport kept it, and did not come along. */
            current->generation = lifecycle_generation();
            current->peer = NULL;
        }
        return current;
    }
    pthread_once(&once, make_key);
    if (key_failed) {
        return NULL;
    }
    struct message *message = calloc(1, sizeof *message);
    if (message == NULL) {
        return NULL;
    }
    message->generation = lifecycle_generation();
    message->data = malloc(FIRST_CAPACITY);
    if (message->data == NULL || pthread_setspecific(key, message) != 0) {
        free(message->data);
        free(message);
        return NULL;
    }
    message->capacity = FIRST_CAPACITY;
    current = message;
    return message;
}

CK_RV message_reserve(struct message *message, size_t size, size_t keep)
{
    if (size <= message->capacity) {
        return CKR_OK;
    }
    if (size > MESSAGE_MAX) {
        return CKR_HOST_MEMORY;
    }
    size_t capacity = message->capacity;
    while (capacity < size) {
        capacity *= 2;
    }
    if (capacity > MESSAGE_MAX) {
        capacity = MESSAGE_MAX;
    }
    unsigned char *data = malloc(capacity);
    if (data == NULL) {
        return CKR_HOST_MEMORY;
    }
    memcpy(data, message->data, keep);
    explicit_bzero(message->data, keep);
    replace(message, data, capacity);
    return CKR_OK;
}

void message_wipe(struct message *message, size_t used)
{
    explicit_bzero(message->data, used);
    if (message->capacity > KEPT_CAPACITY) {
        unsigned char *data = malloc(FIRST_CAPACITY);
        if (data != NULL) {
            replace(message, data, FIRST_CAPACITY);
        }
    }
}
