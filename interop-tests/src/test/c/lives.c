// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * lives LIBRARY PIN END: signs in threads with small stacks, then ends as END says, while others sign. Says "the end" from its last
 * atexit handler; slot 0 has a token.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

#define THREADS 3
#define SMALL_STACK ((size_t) 128 << 10)

static CK_FUNCTION_LIST *p11;
static void *library;
static const char *path;
static char *pin;
static pthread_t threads[THREADS];
static CK_OBJECT_HANDLE key;
static atomic_int signatures;
static atomic_bool finalising, ending;

static void load(void)
{
    CK_C_GetFunctionList get;
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    CHECK(library != NULL);
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
}

static void initialise(void)
{
    CK_SESSION_HANDLE session;
    CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE ec_key[] = {{CKA_EC_PARAMS, p256, sizeof p256}}, signs[] = {{CKA_SIGN, &yes, 1}};
    CK_MECHANISM make_ec = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
    CK_OBJECT_HANDLE other;
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), CKR_OK);
    CHECK_RV(p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *) pin, strlen(pin)), CKR_OK);
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_ec, ec_key, 1, signs, 1, &other, &key), CKR_OK);
}

/* Until the end, or until a call fails because the library is finalised under it. */
static void *signs(void *unused)
{
    CK_SESSION_HANDLE session;
    CK_BYTE hash[32] = {0}, signature[64];
    CK_MECHANISM ecdsa = {CKM_ECDSA, NULL, 0};
    CK_RV rv = p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &session);
    while (rv == CKR_OK && !ending) {
        CK_ULONG length = sizeof signature;
        rv = p11->C_SignInit(session, &ecdsa, key);
        rv = rv == CKR_OK ? p11->C_Sign(session, hash, sizeof hash, signature, &length) : rv;
        signatures += rv == CKR_OK;
    }
    CHECK(rv == CKR_OK || finalising || ending);
    while (!ending) {
        usleep(1000);
    }
    return unused;
}

static void start(pthread_t *thread, void *(*body)(void *))
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    CHECK(pthread_attr_setstacksize(&attributes, SMALL_STACK) == 0);
    CHECK(pthread_create(thread, &attributes, body, NULL) == 0);
    pthread_attr_destroy(&attributes);
}

static void threads_with_small_stacks_sign(void)
{
    int before = signatures;
    while (signatures < before + 10 * THREADS) {
        usleep(1000);
    }
}

static void *exits(void *unused)
{
    RUN(threads_with_small_stacks_sign);
    ending = true;
    exit(check_result());
    return unused;
}

static void main_waits_for_a_thread_that_exits(void)
{
    pthread_t last;
    start(&last, exits);
    pthread_join(last, NULL);
}

static void main_leaves_and_a_thread_exits(void)
{
    pthread_t last;
    start(&last, exits);
    pthread_exit(NULL);
}

static void finalises(void)
{
    finalising = true;
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
}

static void main_exits_and_finalises_then(void)
{
    atexit(finalises);
    exits(NULL);
}

/* The threads, which have been in Java, end when the library has been closed. */
static void the_library_is_closed_and_loaded_again(void)
{
    RUN(threads_with_small_stacks_sign);
    finalises();
    CHECK(dlclose(library) == 0);
    ending = true;
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    finalising = false;
    ending = false;
    load();
    initialise();
    start(&threads[0], signs);
    RUN(threads_with_small_stacks_sign);
    main_waits_for_a_thread_that_exits();
}

static const struct {
    const char *name;
    void (*live)(void);
} ENDS[] = {{"exit-in-a-thread", main_waits_for_a_thread_that_exits}, {"exit-after-main", main_leaves_and_a_thread_exits},
    {"finalize-at-exit", main_exits_and_finalises_then}, {"dlclose", the_library_is_closed_and_loaded_again}};

static void say_so(void)
{
    puts("the end");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 2;
    }
    path = argv[1];
    pin = argv[2];
    atexit(say_so);
    load();
    initialise();
    for (int i = 0; i < THREADS; i++) {
        start(&threads[i], signs);
    }
    for (size_t i = 0; i < sizeof ENDS / sizeof ENDS[0]; i++) {
        if (strcmp(argv[3], ENDS[i].name) == 0) {
            ENDS[i].live();
        }
    }
    return 2;
}
