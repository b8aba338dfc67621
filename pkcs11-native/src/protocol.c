// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "protocol.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include "debug.h"

#define VERSION 2
#define HEADER ((size_t) 12)
#define CODE 1
/* In which a daemon that accepts has to answer the first byte. */
#define GREETING_SECONDS 30
#define LOOKS 100
#define LONGEST_PAUSE 63

/* Sends all of `parts`, which it uses up. */
static bool send_all(int fd, struct iovec *parts, size_t count)
{
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    while (message.msg_iovlen > 0) {
        ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) {
            return false;
        }
        size_t left = sent < 0 ? 0 : (size_t) sent;
        while (message.msg_iovlen > 0 && left >= message.msg_iov->iov_len) {
            left -= message.msg_iov->iov_len;
            message.msg_iov++;
            message.msg_iovlen--;
        }
        if (message.msg_iovlen > 0) {
            message.msg_iov->iov_base = (char *) message.msg_iov->iov_base + left;
            message.msg_iov->iov_len -= left;
        }
    }
    return true;
}

/* What comes next, at least one byte; 0 if nothing will. */
static size_t receive(int fd, struct iovec *parts, size_t count)
{
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    ssize_t got;
    do {
        got = recvmsg(fd, &message, 0);
    } while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : (size_t) got;
}

static void put32(unsigned char *bytes, size_t value)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char) (value >> (24 - 8 * i));
    }
}

static size_t get32(const unsigned char *bytes)
{
    return (size_t) bytes[0] << 24 | (size_t) bytes[1] << 16 | (size_t) bytes[2] << 8 | bytes[3];
}

size_t protocol_call(const unsigned char *message)
{
    return get32(message);
}

static void set_timeout(int fd, time_t seconds)
{
    struct timeval time = {.tv_sec = seconds};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

bool protocol_greet(int fd)
{
    unsigned char version = VERSION;
    struct iovec out = {&version, 1};
    struct iovec in = {&version, 1};
    set_timeout(fd, GREETING_SECONDS);
    bool answered = send_all(fd, &out, 1) && receive(fd, &in, 1) == 1;
    set_timeout(fd, 0);
    if (answered && version != VERSION) {
        debug("the daemon speaks version %d of the protocol, this library %d", version, VERSION);
    }
    return answered && version == VERSION;
}

bool protocol_send(int fd, unsigned char *data, size_t length)
{
    unsigned char header[HEADER];
    put32(header, CODE);
    put32(header + 4, 0);
    put32(header + 8, length);
    struct iovec parts[] = {{header, sizeof header}, {data, length}};
    return send_all(fd, parts, 2);
}

void protocol_await(int fd, struct eagerness *eager)
{
    if (eager->left > 0) {
        eager->left--;
        return;
    }
    char byte;
    for (int look = 0; look < LOOKS; look++) {
        if (recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN) {
            eager->pause = 0;
            return;
        }
    }
    eager->pause = eager->pause < LONGEST_PAUSE ? 2 * eager->pause + 1 : eager->pause;
    eager->left = eager->pause;
}

CK_RV protocol_receive(int fd, struct message *message, size_t most, size_t *response)
{
    unsigned char header[HEADER];
    size_t got = 0;
    while (got < HEADER) {
        struct iovec parts[] = {{header + got, HEADER - got}, {message->data, message->capacity}};
        size_t more = receive(fd, parts, 2);
        if (more == 0) {
            return CKR_DEVICE_REMOVED;
        }
        got += more;
    }
    got -= HEADER;
    size_t length = get32(header + 8);
    if (get32(header) != CODE || get32(header + 4) != 0 || got > length || length > most) {
        return CKR_DEVICE_ERROR;
    }
    /* The length is believed only as far as its bytes have come. */
    while (got < length) {
        CK_RV rv = message_reserve(message, got + 1, got);
        if (rv != CKR_OK) {
            return rv;
        }
        size_t end = length < message->capacity ? length : message->capacity;
        struct iovec part = {message->data + got, end - got};
        size_t more = receive(fd, &part, 1);
        if (more == 0) {
            return CKR_DEVICE_REMOVED;
        }
        got += more;
    }
    *response = length;
    return CKR_OK;
}
