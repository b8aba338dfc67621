// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* embedded LIBRARY [no-java]: the library, loaded as a host loads it, with a stand-in for the bridge in a real JVM. */
#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

/* The kernel's own flag, which libc sets and does not show. */
#define SA_RESTORER 0x04000000
#define SMALL_STACK ((size_t) 128 << 10)

static CK_FUNCTION_LIST *p11;
static struct sigaction before[_NSIG];
static sigset_t mask_before;

static void on_signal(int signal)
{
    (void) signal;
}

static void load(const char *library)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
    CK_C_GetFunctionList get;
    void *address = dlsym(handle, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
}

/* Runs `body` in a thread with a stack of this size. */
static void in_thread(void *(*body)(void *), size_t stack)
{
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    CHECK(pthread_create(&thread, &attributes, body, NULL) == 0);
    pthread_join(thread, NULL);
    pthread_attr_destroy(&attributes);
}

static void *initialises(void *unused)
{
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    return unused;
}

static void a_thread_with_a_small_stack_can_initialize(void)
{
    in_thread(initialises, SMALL_STACK);
}

static void calls_reach_java_and_answers_come_back(void)
{
    CK_INFO info;
    CHECK_RV(p11->C_GetInfo(&info), CKR_OK);
    CHECK(info.cryptokiVersion.major == 3 && memcmp(info.libraryDescription, "stand-in ", 9) == 0);
    CHECK_RV(p11->C_Logout(1), CKR_OK);
}

static void what_java_throws_becomes_a_return_value(void)
{
    CHECK_RV(p11->C_Logout(2), CKR_GENERAL_ERROR);
    CHECK_RV(p11->C_Logout(3), CKR_HOST_MEMORY);
    CHECK_RV(p11->C_Logout(4), CKR_GENERAL_ERROR);
    CHECK_RV(p11->C_Logout(1), CKR_OK);
}

static void an_answer_that_does_not_fit_is_fetched(void)
{
    static CK_BYTE value[1 << 20];
    CK_ATTRIBUTE template = {CKA_VALUE, value, sizeof value};
    CHECK_RV(p11->C_GetAttributeValue(1, 1, &template, 1), CKR_OK);
    CHECK(template.ulValueLen == sizeof value && value[0] == 0x5a && value[sizeof value - 1] == 0x5a);
    CHECK_RV(p11->C_GenerateRandom(1, value, sizeof value), CKR_OK);
    CHECK(value[0] == 0x11 && value[sizeof value - 1] == 0x11);
}

static void *logs_out(void *unused)
{
    for (int i = 0; i < 1000; i++) {
        CHECK_RV(p11->C_Logout(1), CKR_OK);
    }
    return unused;
}

static void threads_come_and_go_and_java_forgets_them(void)
{
    CK_INFO info;
    pthread_t threads[16];
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 16; i++) {
            CHECK(pthread_create(&threads[i], NULL, logs_out, NULL) == 0);
        }
        for (int i = 0; i < 16; i++) {
            pthread_join(threads[i], NULL);
        }
    }
    CHECK_RV(p11->C_GetInfo(&info), CKR_OK);
    CHECK(info.flags == 1);
}

static void a_thread_with_a_small_stack_is_served(void)
{
    in_thread(logs_out, SMALL_STACK);
}

static void the_hosts_signals_are_as_they_were(void)
{
    /* The last is the JDK's own, with which it interrupts a thread that waits for I/O. */
    const int javas[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGRTMAX - 2};
    sigset_t mask;
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    for (int signal = 1; signal < _NSIG; signal++) {
        struct sigaction now;
        bool own = false;
        for (size_t i = 0; i < sizeof javas / sizeof javas[0]; i++) {
            own |= signal == javas[i];
        }
        if (!own && sigaction(signal, NULL, &now) == 0) {
            CHECK(now.sa_handler == before[signal].sa_handler);
            CHECK(((now.sa_flags ^ before[signal].sa_flags) & ~SA_RESTORER) == 0);
        }
        CHECK(sigismember(&mask, signal) == sigismember(&mask_before, signal));
    }
}

static void the_hosts_locale_is_as_it_was(void)
{
    CHECK(strcmp(setlocale(LC_ALL, NULL), "C") == 0);
}

static void a_forked_child_is_told_and_exits_in_peace(void)
{
    pid_t child = fork();
    if (child == 0) {
        bool ok = p11->C_Logout(1) == CKR_CRYPTOKI_NOT_INITIALIZED && p11->C_Initialize(NULL) == CKR_GENERAL_ERROR;
        exit(ok && check_result() == 0 ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    CHECK_RV(p11->C_Logout(1), CKR_OK);
}

static void the_module_can_be_finalised_and_initialised_again(void)
{
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    CHECK_RV(p11->C_Logout(1), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CHECK_RV(p11->C_Logout(1), CKR_OK);
}

static void without_java_initialize_is_a_general_error(void)
{
    CHECK_RV(p11->C_Initialize(NULL), CKR_GENERAL_ERROR);
    CHECK_RV(p11->C_Logout(1), CKR_CRYPTOKI_NOT_INITIALIZED);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        return 2;
    }
    if (argc == 3 && strcmp(argv[2], "no-java") == 0) {
        load(argv[1]);
        RUN(without_java_initialize_is_a_general_error);
        return check_result();
    }
    signal(SIGUSR1, on_signal);
    signal(SIGTERM, on_signal);
    for (int signal = 1; signal < _NSIG; signal++) {
        sigaction(signal, NULL, &before[signal]);
    }
    pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
    load(argv[1]);
    RUN(a_thread_with_a_small_stack_can_initialize);
    RUN(calls_reach_java_and_answers_come_back);
    RUN(what_java_throws_becomes_a_return_value);
    RUN(an_answer_that_does_not_fit_is_fetched);
    RUN(threads_come_and_go_and_java_forgets_them);
    RUN(a_thread_with_a_small_stack_is_served);
    RUN(the_hosts_signals_are_as_they_were);
    RUN(the_hosts_locale_is_as_it_was);
    RUN(a_forked_child_is_told_and_exits_in_peace);
    RUN(the_module_can_be_finalised_and_initialised_again);
    return check_result();
}
