// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * The transport to a daemon. Each call takes a connection that no other call uses, so that threads need not wait for each other;
 * the first message on each is the application's C_Initialize, which is how the daemon knows whose it is.
 */
#include "daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "debug.h"
#include "functions.h"
#include "protocol.h"

#define MOST_LINKS 256

/* One connection. A host may close our descriptor and get its number for a file of its own: hence which file it was. */
struct link {
    int fd;
    bool in_use;
    dev_t device;
    ino_t inode;
    unsigned long epoch;
    struct eagerness eager;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t given_back = PTHREAD_COND_INITIALIZER;
/* Guarded by the lock, as is what follows. A link with descriptor 0 is none: we keep clear of the standard ones. */
static struct link links[MOST_LINKS];
/* Moves when the application ends; links of before are not used any more. */
static unsigned long epoch;
static struct daemon_address where;
/* The application's C_Initialize message. */
static unsigned char *introduction;
static size_t introduction_length;

static bool is_ours(const struct link *link)
{
    struct stat now;
    return fstat(link->fd, &now) == 0 && now.st_dev == link->device && now.st_ino == link->inode;
}

static void drop(struct link *link)
{
    if (link->fd > 0 && is_ours(link)) {
        close(link->fd);
    }
    memset(link, 0, sizeof *link);
}

/* The connections are the parent's; while a child holds them the daemon would not notice that the parent is gone. */
static void in_child(void)
{
    pthread_mutex_init(&lock, NULL);
    pthread_cond_init(&given_back, NULL);
    for (size_t i = 0; i < MOST_LINKS; i++) {
        drop(&links[i]);
    }
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, in_child);
}

/* An abstract name belongs to whoever was first: only our own user's daemon will do there. */
static bool is_trusted(int fd, const struct daemon_address *address)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    return address->un.sun_path[0] != '\0'
        || (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid());
}

/* A copy of the introduction, NULL with length 0 before C_Initialize. */
static unsigned char *introduction_copy(size_t *length)
{
    pthread_mutex_lock(&lock);
    unsigned char *copy = introduction == NULL ? NULL : malloc(introduction_length);
    *length = introduction == NULL ? 0 : introduction_length;
    if (copy != NULL) {
        memcpy(copy, introduction, introduction_length);
    }
    pthread_mutex_unlock(&lock);
    return copy;
}

/* Says whose connection this is; there is nothing to say before C_Initialize. */
static CK_RV introduce(int fd)
{
    unsigned char answer[64];
    struct message message = {.data = answer, .capacity = sizeof answer};
    size_t length;
    unsigned char *own = introduction_copy(&length);
    if (length == 0) {
        return CKR_OK;
    }
    if (own == NULL) {
        return CKR_HOST_MEMORY;
    }
    bool sent = protocol_send(fd, own, length);
    free(own);
    CK_RV rv = sent ? protocol_receive(fd, &message, sizeof answer, &length) : CKR_DEVICE_REMOVED;
    if (rv == CKR_OK && (length != 8 || protocol_call(answer) != CALL_C_Initialize)) {
        rv = CKR_DEVICE_REMOVED;
    }
    return rv;
}

static CK_RV connect_link(struct link *link)
{
    struct stat file;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && fd <= STDERR_FILENO) {
        int higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        close(fd);
        fd = higher;
    }
    if (fd < 0) {
        return CKR_HOST_MEMORY;
    }
    CK_RV rv = CKR_DEVICE_REMOVED;
    if (connect(fd, (const struct sockaddr *) &where.un, where.length) == 0 && is_trusted(fd, &where) && protocol_greet(fd)) {
        rv = introduce(fd);
    }
    if (rv != CKR_OK || fstat(fd, &file) != 0) {
        close(fd);
        return rv == CKR_OK ? CKR_DEVICE_REMOVED : rv;
    }
    link->fd = fd;
    link->device = file.st_dev;
    link->inode = file.st_ino;
    return CKR_OK;
}

/* Whether a connection that lay idle is still there: nothing can have come on it but its end. */
static bool is_alive(const struct link *link)
{
    char byte;
    return is_ours(link) && recv(link->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

/* A link that is idle, or else an unused place for one, or else NULL. */
static struct link *find(void)
{
    struct link *place = NULL;
    for (size_t i = 0; i < MOST_LINKS; i++) {
        if (!links[i].in_use && links[i].fd > 0) {
            return &links[i];
        }
        if (!links[i].in_use && place == NULL) {
            place = &links[i];
        }
    }
    return place;
}

static struct link *reserve(void)
{
    pthread_mutex_lock(&lock);
    struct link *link = find();
    while (link == NULL) {
        pthread_cond_wait(&given_back, &lock);
        link = find();
    }
    link->in_use = true;
    link->epoch = epoch;
    pthread_mutex_unlock(&lock);
    return link;
}

static void give_back(struct link *link, bool usable)
{
    pthread_mutex_lock(&lock);
    if (usable && link->epoch == epoch) {
        link->in_use = false;
    } else {
        drop(link);
    }
    pthread_cond_signal(&given_back);
    pthread_mutex_unlock(&lock);
}

static CK_RV take(struct link **taken)
{
    struct link *link = reserve();
    while (link->fd > 0) {
        if (is_alive(link)) {
            *taken = link;
            return CKR_OK;
        }
        give_back(link, false);
        link = reserve();
    }
    CK_RV rv = connect_link(link);
    if (rv != CKR_OK) {
        give_back(link, false);
    }
    *taken = link;
    return rv;
}

bool daemon_address(struct daemon_address *address, const char *path)
{
    size_t length = strlen(path);
    memset(address, 0, sizeof *address);
    address->un.sun_family = AF_UNIX;
    if (length == 0 || length >= sizeof address->un.sun_path) {
        debug("no path for a socket: %s", path);
        return false;
    }
    memcpy(address->un.sun_path, path, length);
    address->length = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + length + 1);
    return true;
}

CK_RV daemon_open(const struct daemon_address *address)
{
    struct link *link;
    daemon_close();
    where = *address;
    CK_RV rv = take(&link);
    if (rv == CKR_OK) {
        give_back(link, true);
    }
    return rv;
}

void daemon_close(void)
{
    pthread_mutex_lock(&lock);
    epoch++;
    for (size_t i = 0; i < MOST_LINKS; i++) {
        if (!links[i].in_use) {
            drop(&links[i]);
        }
    }
    free(introduction);
    introduction = NULL;
    pthread_mutex_unlock(&lock);
}

static CK_RV remember(const struct message *message, size_t length)
{
    unsigned char *copy = malloc(length);
    if (copy == NULL) {
        return CKR_HOST_MEMORY;
    }
    memcpy(copy, message->data, length);
    pthread_mutex_lock(&lock);
    introduction = copy;
    introduction_length = length;
    pthread_mutex_unlock(&lock);
    return CKR_OK;
}

CK_RV daemon_call(struct message *message, size_t request, size_t *response)
{
    struct link *link;
    bool initialises = protocol_call(message->data) == CALL_C_Initialize;
    *response = 0;
    CK_RV rv = take(&link);
    if (rv != CKR_OK) {
        debug("the daemon has gone");
        return rv;
    }
    /* What was not sent was not done: another connection may have better luck. What was sent may have been done. */
    if (!protocol_send(link->fd, message->data, request)) {
        give_back(link, false);
        rv = take(&link);
        if (rv != CKR_OK) {
            debug("the daemon has gone");
            return rv;
        }
        if (!protocol_send(link->fd, message->data, request)) {
            give_back(link, false);
            return CKR_DEVICE_REMOVED;
        }
    }
    rv = initialises ? remember(message, request) : CKR_OK;
    if (rv == CKR_OK) {
        protocol_await(link->fd, &link->eager);
        rv = protocol_receive(link->fd, message, MESSAGE_MAX, response);
    }
    give_back(link, rv == CKR_OK);
    return rv;
}
