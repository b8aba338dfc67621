// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * What a hostile daemon sends over its socket: versions, frames, their ends. socket() gives one end of a pair, in whose other end the
 * daemon's bytes lie already, cut into connections by the input.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon.h"
#include "functions.h"
#include "fuzz.h"
#include "input.h"
#include "lifecycle.h"
#include "transport.h"

#define MOST_CONNECTIONS 64
#define LONGEST_STREAM 600

static struct input input;
static int daemon_ends[MOST_CONNECTIONS];
static int daemon_end_count;

int __wrap_socket(int domain, int type, int protocol);
int __wrap_connect(int fd, const struct sockaddr *address, socklen_t length);
ssize_t __wrap_recv(int fd, void *buffer, size_t length, int flags);

int __wrap_socket(int domain, int type, int protocol)
{
    int pair[2];
    unsigned char stream[LONGEST_STREAM];
    if (daemon_end_count == MOST_CONNECTIONS || socketpair(domain, type, protocol, pair) != 0) {
        return -1;
    }
    size_t announced = (size_t) input_byte(&input) << 8;
    announced |= input_byte(&input);
    size_t length = input_copy(&input, stream, announced < LONGEST_STREAM ? announced : LONGEST_STREAM);
    if (send(pair[1], stream, length, MSG_NOSIGNAL) < 0 || shutdown(pair[1], SHUT_WR) != 0) {
        return -1;
    }
    daemon_ends[daemon_end_count++] = pair[1];
    return pair[0];
}

int __wrap_connect(int fd, const struct sockaddr *address, socklen_t length)
{
    (void) fd;
    (void) address;
    (void) length;
    return 0;
}

/* The look whether an idle connection is alive, which is asked before the daemon's bytes would have come. */
ssize_t __wrap_recv(int fd, void *buffer, size_t length, int flags)
{
    (void) fd;
    (void) buffer;
    (void) length;
    (void) flags;
    bool alive = input_byte(&input) % 4 != 1;
    errno = EAGAIN;
    return alive ? -1 : 0;
}

CK_RV transport_open(void)
{
    struct daemon_address address;
    return daemon_address(&address, "/daemon") ? daemon_open(&address) : CKR_GENERAL_ERROR;
}

CK_RV transport_call(struct message *message, size_t request, size_t *response)
{
    return daemon_call(message, request, response);
}

void transport_close(void)
{
    daemon_close();
}

void transport_forget(struct message *message)
{
    (void) message;
}

void transport_leave(void)
{
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void) count;
    (void) arguments;
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CK_INFO info;
    CK_ULONG slots[4];
    CK_ULONG count = 4;
    unsigned char text[100] = {0};
    input = (struct input) {data, size};
    if (C_Initialize(NULL) == CKR_OK) {
        for (int i = 0; i < 4; i++) {
            C_GetInfo(&info);
            C_GetSlotList(CK_FALSE, slots, &count);
            C_SeedRandom(1, text, sizeof text);
        }
        C_Finalize(NULL);
    }
    while (daemon_end_count > 0) {
        close(daemon_ends[--daemon_end_count]);
    }
    return 0;
}
