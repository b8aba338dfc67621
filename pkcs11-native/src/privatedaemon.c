// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * A JVM does not survive a fork, and a process can have only one: a child whose parent has one gets a daemon. Siblings share it
 * through an abstract socket whose name they have from their parent; whoever binds it first starts the daemon, and the others wait in the
 * socket's queue.
 */
#include "privatedaemon.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "daemon.h"
#include "debug.h"
#include "folder.h"

#define LISTENER 3
#define BACKLOG 4096
#define MOST_STARTS 3
#define PAUSE_MILLISECONDS 20
/* Of pauses, while somebody else's daemon starts or ends. */
#define MOST_PAUSES 500

static unsigned char name[16];
static bool named;

void private_daemon_prepare(void)
{
    if (!named) {
        named = getrandom(name, sizeof name, 0) == sizeof name;
    }
}

static void address_of(struct daemon_address *address)
{
    char *path = address->un.sun_path;
    memset(address, 0, sizeof *address);
    address->un.sun_family = AF_UNIX;
    int length = snprintf(path + 1, sizeof address->un.sun_path - 1, "ferrohsm-%u-", (unsigned) geteuid());
    for (size_t i = 0; i < sizeof name; i++) {
        length += snprintf(path + 1 + length, sizeof address->un.sun_path - 1 - (size_t) length, "%02x", name[i]);
    }
    address->length = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + 1 + (size_t) length);
}

/* The listening socket, or -1 with errno. */
static int bind_and_listen(const struct daemon_address *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0
        && (bind(fd, (const struct sockaddr *) &address->un, address->length) != 0 || listen(fd, BACKLOG) != 0)) {
        int reason = errno;
        close(fd);
        errno = reason;
        return -1;
    }
    return fd;
}

/* A child that sends its parent no SIGCHLD and that no wait of the host's finds, and that runs none of its atfork handlers. */
static pid_t clone_quietly(void)
{
    return (pid_t) syscall(SYS_clone, 0L, NULL, NULL, NULL, NULL);
}

static void close_from(int first)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) {
        return;
    }
#endif
    struct rlimit limit = {.rlim_cur = 1024};
    getrlimit(RLIMIT_NOFILE, &limit);
    for (int fd = first; (rlim_t) fd < limit.rlim_cur; fd++) {
        close(fd);
    }
}

/* In the daemon's process to be: only calls that are safe after a fork of a process with threads. */
static void become_daemon(int listener, char *const argv[], bool talks)
{
    sigset_t none;
    struct sigaction by_default = {.sa_handler = SIG_DFL};
    for (int signal = 1; signal < _NSIG; signal++) {
        sigaction(signal, &by_default, NULL);
    }
    setsid();
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    if (!talks) {
        dup2(null, STDERR_FILENO);
    }
    if (listener == LISTENER) {
        fcntl(LISTENER, F_SETFD, 0);
    } else {
        dup2(listener, LISTENER);
    }
    close_from(LISTENER + 1);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(argv[0], argv, environ);
    _exit(127);
}

static bool start(int listener)
{
    char folder[PATH_MAX];
    char program[PATH_MAX + 32];
    static char command[] = "daemon";
    static char option[] = "--private";
    if (!library_folder(folder)) {
        return false;
    }
    snprintf(program, sizeof program, "%s/../bin/ferrohsm", folder);
    if (access(program, X_OK) != 0) {
        debug("cannot run %s, which a forked process needs", program);
        return false;
    }
    char *const argv[] = {program, command, option, NULL};
    bool talks = debug_wanted();
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = clone_quietly();
    if (child == 0) {
        if (clone_quietly() == 0) {
            become_daemon(listener, argv, talks);
        }
        _exit(0);
    }
    if (child > 0) {
        waitpid(child, NULL, __WALL);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return child > 0;
}

CK_RV private_daemon_open(void)
{
    struct daemon_address address;
    private_daemon_prepare();
    if (!named) {
        return CKR_GENERAL_ERROR;
    }
    address_of(&address);
    int starts = 0;
    for (int pauses = 0; pauses < MOST_PAUSES; pauses++) {
        if (daemon_open(&address) == CKR_OK) {
            return CKR_OK;
        }
        int listener = starts < MOST_STARTS ? bind_and_listen(&address) : -1;
        if (listener >= 0) {
            starts++;
            bool started = start(listener);
            close(listener);
            if (!started) {
                return CKR_GENERAL_ERROR;
            }
        } else if (starts >= MOST_STARTS) {
            break;
        } else {
            struct timespec pause = {.tv_nsec = PAUSE_MILLISECONDS * 1000000L};
            nanosleep(&pause, NULL);
        }
    }
    debug("a daemon for this forked process does not start");
    return CKR_GENERAL_ERROR;
}
