// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* signals LIBRARY: what a host has arranged for its signals before C_Initialize holds after it and after real work. */
#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

static CK_FUNCTION_LIST *p11;
static volatile sig_atomic_t seen[_NSIG];
static const int HANDLED[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD, SIGALRM, SIGQUIT, SIGWINCH};

static void on_signal(int signal)
{
    seen[signal]++;
}

static void everything_that_java_loads_late_has_been_loaded(void)
{
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    CK_BYTE bytes[32], tag[32];
    CK_ULONG length = sizeof tag, size = 32;
    CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &size, sizeof size}};
    CK_MECHANISM generate = {CKM_GENERIC_SECRET_KEY_GEN, NULL, 0}, hmac = {CKM_SHA256_HMAC, NULL, 0};
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), CKR_OK);
    CHECK_RV(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *) "user-1234", 9), CKR_OK);
    CHECK_RV(p11->C_GenerateRandom(session, bytes, sizeof bytes), CKR_OK);
    CHECK_RV(p11->C_GenerateKey(session, &generate, template, 1, &key), CKR_OK);
    CHECK_RV(p11->C_SignInit(session, &hmac, key), CKR_OK);
    CHECK_RV(p11->C_Sign(session, bytes, sizeof bytes, tag, &length), CKR_OK);
}

static void each_handler_still_gets_its_signal(void)
{
    for (size_t i = 0; i < sizeof HANDLED / sizeof HANDLED[0]; i++) {
        int before = seen[HANDLED[i]];
        CHECK(kill(getpid(), HANDLED[i]) == 0);
        /* The kernel may choose another thread: wait for it, at most until the test is ended from outside. */
        while (seen[HANDLED[i]] == before) {
            usleep(1000);
        }
        CHECK(seen[HANDLED[i]] == before + 1);
    }
}

static void sigpipe_is_as_the_host_left_it(void)
{
    struct sigaction now;
    CHECK(sigaction(SIGPIPE, NULL, &now) == 0 && now.sa_handler == SIG_IGN);
}

static sigjmp_buf after_fault;
static char fault_stack[64 * 1024];
static volatile bool on_fault_stack;

static void on_fault(int signal)
{
    char here;
    on_fault_stack = &here >= fault_stack && &here < fault_stack + sizeof fault_stack;
    siglongjmp(after_fault, signal);
}

static void handle_faults(void)
{
    stack_t stack = {.ss_sp = fault_stack, .ss_size = sizeof fault_stack};
    struct sigaction action = {.sa_handler = on_fault, .sa_flags = SA_ONSTACK | SA_NODEFER};
    CHECK(sigaltstack(&stack, NULL) == 0);
    CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
}

static void a_fault_of_the_hosts_own_comes_to_its_handler_on_its_stack(void)
{
    static int *volatile nowhere;
    on_fault_stack = false;
    if (sigsetjmp(after_fault, 1) == 0) {
        *nowhere = 1;
    }
    CHECK(on_fault_stack);
}

static void a_signal_that_was_never_handled_still_ends_the_process(void)
{
    struct sigaction now;
    CHECK(sigaction(SIGPROF, NULL, &now) == 0 && now.sa_handler == SIG_DFL);
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        return 2;
    }
    CK_C_GetFunctionList get;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
    /* A parent that is a JVM hands down a mask in which SIGQUIT is blocked. */
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (size_t i = 0; i < sizeof HANDLED / sizeof HANDLED[0]; i++) {
        struct sigaction action = {.sa_handler = on_signal};
        sigaction(HANDLED[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    handle_faults();
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    RUN(everything_that_java_loads_late_has_been_loaded);
    RUN(each_handler_still_gets_its_signal);
    RUN(a_fault_of_the_hosts_own_comes_to_its_handler_on_its_stack);
    RUN(sigpipe_is_as_the_host_left_it);
    RUN(a_signal_that_was_never_handled_still_ends_the_process);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    RUN(each_handler_still_gets_its_signal);
    return check_result();
}
