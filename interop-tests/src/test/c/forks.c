// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * forks LIBRARY PIN: a program that initialises, signs, and forks children that sign; the token in slot 0 has a P-256 key. Children
 * of children, children that only exit, and the parent afterwards are served too.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

#define CHILDREN 4

static CK_FUNCTION_LIST *p11;
static const char *pin;
static volatile sig_atomic_t children_signalled;

static void on_child(int signal)
{
    (void) signal;
    children_signalled++;
}

static CK_SESSION_HANDLE login(void)
{
    CK_SESSION_HANDLE session = 0;
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_OK);
    CHECK_RV(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *) pin, strlen(pin)), CKR_OK);
    return session;
}

static void sign(CK_SESSION_HANDLE session)
{
    CK_OBJECT_CLASS class = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE template = {CKA_CLASS, &class, sizeof class};
    CK_OBJECT_HANDLE key = 0;
    CK_ULONG count = 0;
    CK_MECHANISM mechanism = {CKM_ECDSA, NULL, 0};
    CK_BYTE hash[32] = {1}, signature[64];
    CK_ULONG length = sizeof signature;
    CHECK_RV(p11->C_FindObjectsInit(session, &template, 1), CKR_OK);
    CHECK_RV(p11->C_FindObjects(session, &key, 1, &count), CKR_OK);
    CHECK_RV(p11->C_FindObjectsFinal(session), CKR_OK);
    CHECK_RV(p11->C_SignInit(session, &mechanism, key), CKR_OK);
    CHECK_RV(p11->C_Sign(session, hash, sizeof hash, signature, &length), CKR_OK);
    CHECK(length == 64);
}

static void is_not_initialised(CK_SESSION_HANDLE session)
{
    CK_INFO info;
    CK_ULONG count = 0;
    CK_FUNCTION_LIST *list;
    CHECK_RV(p11->C_GetInfo(&info), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_GetSlotList(CK_FALSE, NULL, &count), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_CloseSession(session), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_GetFunctionList(&list), CKR_OK);
}

static void ends_well(pid_t child)
{
    int status = -1;
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A child that was not initialised signs. */
static void signs_after_initialize(void)
{
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    sign(login());
}

static void in_grandchild(void)
{
    pid_t child = fork();
    if (child == 0) {
        RUN(signs_after_initialize);
        exit(check_result());
    }
    ends_well(child);
}

static CK_SESSION_HANDLE parents_session;

static void a_child_is_not_initialised_and_then_signs_and_forks_itself(void)
{
    is_not_initialised(parents_session);
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CK_SESSION_HANDLE session = login();
    sign(session);
    in_grandchild();
    sign(session);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    sign(login());
}

static void children_sign_at_once_and_the_parent_goes_on(void)
{
    pid_t children[CHILDREN];
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CK_SESSION_HANDLE session = login();
    sign(session);
    for (int i = 0; i < CHILDREN; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            parents_session = session;
            RUN(a_child_is_not_initialised_and_then_signs_and_forks_itself);
            exit(check_result());
        }
    }
    sign(session);
    for (int i = 0; i < CHILDREN; i++) {
        ends_well(children[i]);
    }
    sign(session);
}

static void a_child_that_only_exits_does_no_harm(void)
{
    CK_SESSION_HANDLE session = 0;
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_OK);
    pid_t child = fork();
    if (child == 0) {
        exit(0);
    }
    ends_well(child);
    sign(session);
}

static void the_host_saw_no_children_but_its_own(void)
{
    CHECK(children_signalled <= CHILDREN + 1);
    CHECK(waitpid(-1, NULL, WNOHANG) == -1);
}

static volatile int busy = 1;

static void *signs(void *unused)
{
    CK_SESSION_HANDLE session = 0;
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session), CKR_OK);
    while (busy) {
        sign(session);
    }
    return unused;
}

/* Locks that another thread held at the moment of the fork stay held in the child. */
static void a_fork_while_other_threads_call_does_not_deadlock(void)
{
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        pthread_create(&threads[i], NULL, signs, NULL);
    }
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child == 0) {
            alarm(60);
            RUN(signs_after_initialize);
            _exit(check_result());
        }
        ends_well(child);
    }
    busy = 0;
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
    }
}

int main(int argc, char **argv)
{
    void *library = argc == 3 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "forks: %s\n", argc == 3 ? dlerror() : "forks LIBRARY PIN");
        return 2;
    }
    CK_C_GetFunctionList get;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
    pin = argv[2];
    struct sigaction handler = {.sa_handler = on_child, .sa_flags = SA_RESTART};
    sigaction(SIGCHLD, &handler, NULL);
    RUN(children_sign_at_once_and_the_parent_goes_on);
    RUN(a_child_that_only_exits_does_no_harm);
    RUN(the_host_saw_no_children_but_its_own);
    RUN(a_fork_while_other_threads_call_does_not_deadlock);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    return check_result();
}
