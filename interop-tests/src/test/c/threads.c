// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * threads LIBRARY: threads that share the library, each with a session of its own, while the program ends and begins again. It says how
 * many calls were made, and fails if one returned what it may not.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "ck.h"

#define THREADS 8
#define ROUNDS 40
#define REBIRTHS 3

static CK_FUNCTION_LIST *p11;
static atomic_int calls;
static atomic_int failures;

/* A call that another thread's C_Finalize may have overtaken. */
static CK_BBOOL done(CK_RV rv, CK_BBOOL overtaken)
{
    atomic_fetch_add(&calls, 1);
    CK_BBOOL allowed = rv == CKR_OK
        || (overtaken
            && (rv == CKR_CRYPTOKI_NOT_INITIALIZED || rv == CKR_SESSION_HANDLE_INVALID || rv == CKR_DEVICE_REMOVED
                || rv == CKR_OBJECT_HANDLE_INVALID || rv == CKR_KEY_HANDLE_INVALID || rv == CKR_OPERATION_NOT_INITIALIZED
                || rv == CKR_USER_NOT_LOGGED_IN));
    if (!allowed) {
        fprintf(stderr, "threads: 0x%lx\n", rv);
        atomic_fetch_add(&failures, 1);
    }
    return rv == CKR_OK;
}

static void work(CK_BBOOL overtaken)
{
    CK_SESSION_HANDLE session;
    CK_OBJECT_HANDLE key;
    CK_BYTE random[20], data[32] = {0}, output[64];
    CK_BBOOL yes = CK_TRUE;
    CK_ULONG size = 32, length = sizeof output, count;
    CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &size, sizeof size}, {CKA_ENCRYPT, &yes, sizeof yes}};
    CK_ATTRIBUTE read = {CKA_VALUE_LEN, &size, sizeof size};
    CK_MECHANISM generate = {CKM_AES_KEY_GEN, NULL, 0}, ecb = {CKM_AES_ECB, NULL, 0}, sha256 = {CKM_SHA256, NULL, 0};
    CK_SESSION_INFO info;
    if (!done(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), overtaken)) {
        return;
    }
    done(p11->C_GetSessionInfo(session, &info), overtaken);
    done(p11->C_GenerateRandom(session, random, sizeof random), overtaken);
    if (done(p11->C_DigestInit(session, &sha256), overtaken)) {
        done(p11->C_Digest(session, data, sizeof data, output, &length), overtaken);
    }
    if (done(p11->C_GenerateKey(session, &generate, template, 2, &key), overtaken)) {
        done(p11->C_GetAttributeValue(session, key, &read, 1), overtaken);
        length = sizeof output;
        if (done(p11->C_EncryptInit(session, &ecb, key), overtaken)) {
            done(p11->C_Encrypt(session, data, sizeof data, output, &length), overtaken);
        }
    }
    if (done(p11->C_FindObjectsInit(session, template, 1), overtaken)) {
        done(p11->C_FindObjects(session, &key, 1, &count), overtaken);
        done(p11->C_FindObjectsFinal(session), overtaken);
    }
    done(p11->C_CloseSession(session), overtaken);
}

static void *works(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        work(*(CK_BBOOL *) argument);
    }
    return NULL;
}

static void run(CK_BBOOL overtaken)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        pthread_create(&threads[i], NULL, works, &overtaken);
    }
    for (int i = 0; overtaken && i < REBIRTHS; i++) {
        done(p11->C_Finalize(NULL), CK_FALSE);
        done(p11->C_Initialize(NULL), CK_FALSE);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "threads: %s\n", argc == 2 ? dlerror() : "threads LIBRARY");
        return 2;
    }
    CK_C_GetFunctionList get;
    CK_SESSION_HANDLE first;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
    done(p11->C_Initialize(NULL), CK_FALSE);
    done(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &first), CK_FALSE);
    done(p11->C_Login(first, CKU_USER, (CK_UTF8CHAR *) "user-1234", 9), CK_FALSE);
    run(CK_FALSE);
    run(CK_TRUE);
    done(p11->C_Finalize(NULL), CK_FALSE);
    printf("%d calls, %d failures\n", atomic_load(&calls), atomic_load(&failures));
    return atomic_load(&failures) != 0;
}
