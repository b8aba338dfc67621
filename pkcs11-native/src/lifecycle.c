// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "lifecycle.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "call.h"
#include "ck.h"
#include "functions.h"
#include "transport.h"

#define HANDSHAKE "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_ulong generation;
/* The generation that is initialised, plus one; 0 for none. */
static atomic_ulong ready;

unsigned long lifecycle_generation(void)
{
    return atomic_load_explicit(&generation, memory_order_acquire);
}

bool lifecycle_ready(void)
{
    return atomic_load_explicit(&ready, memory_order_acquire) == lifecycle_generation() + 1;
}

static void in_child(void)
{
    atomic_fetch_add(&generation, 1);
    /* Another thread of the parent may have held it. */
    pthread_mutex_init(&lock, NULL);
}

/* PKCS#11 section 5.4.1: all four callbacks or none, and nothing in pReserved. */
static CK_RV check_arguments(const CK_C_INITIALIZE_ARGS *arguments)
{
    if (arguments == NULL) {
        return CKR_OK;
    }
    int callbacks = (arguments->CreateMutex != NULL) + (arguments->DestroyMutex != NULL)
        + (arguments->LockMutex != NULL) + (arguments->UnlockMutex != NULL);
    if (arguments->pReserved != NULL || (callbacks != 0 && callbacks != 4)) {
        return CKR_ARGUMENTS_BAD;
    }
    /*
     * A caller that offers only its own locks is served too: the system's do for every thread that Linux knows. So is one that sets
     * CKF_LIBRARY_CANT_CREATE_OS_THREADS: GnuTLS always does, and the JVM's threads never run the caller's code.
     */
    return CKR_OK;
}

static CK_RV send_initialize(void)
{
    char reserved[384];
    unsigned long instance[2];
    if (getrandom(instance, sizeof instance, 0) != sizeof instance) {
        return CKR_GENERAL_ERROR;
    }
    int length = snprintf(reserved, sizeof reserved, "ferrohsm=1\npid=%ld\napplication=%.255s\ninstance=%016lx%016lx\n",
        (long) getpid(), program_invocation_short_name, instance[0], instance[1]);
    struct call call;
    call_begin_uninitialised(&call, CALL_C_Initialize, REQUEST_C_Initialize);
    put_byte_array(&call, HANDSHAKE, strlen(HANDSHAKE));
    put_byte(&call, 1);
    put_byte_array(&call, reserved, (CK_ULONG) length + 1);
    call_run(&call, RESPONSE_C_Initialize);
    return call_end(&call);
}

/* From the moment the library is loaded, since what it finds in the process may be older than C_Initialize. */
__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(NULL, NULL, in_child);
}

static CK_RV initialise(void)
{
    if (lifecycle_ready()) {
        return CKR_CRYPTOKI_ALREADY_INITIALIZED;
    }
    CK_RV rv = transport_open();
    if (rv == CKR_OK) {
        rv = send_initialize();
        if (rv != CKR_OK) {
            transport_close();
        }
    }
    if (rv == CKR_OK) {
        atomic_store_explicit(&ready, lifecycle_generation() + 1, memory_order_release);
    }
    return rv;
}

CK_RV C_Initialize(CK_VOID_PTR pInitArgs)
{
    CK_RV rv = check_arguments(pInitArgs);
    if (rv != CKR_OK) {
        return rv;
    }
    pthread_mutex_lock(&lock);
    rv = initialise();
    pthread_mutex_unlock(&lock);
    return rv;
}

CK_RV C_Finalize(CK_VOID_PTR pReserved)
{
    if (!lifecycle_ready()) {
        return CKR_CRYPTOKI_NOT_INITIALIZED;
    }
    if (pReserved != NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    pthread_mutex_lock(&lock);
    CK_RV rv = CKR_CRYPTOKI_NOT_INITIALIZED;
    if (lifecycle_ready()) {
        struct call call;
        call_begin(&call, CALL_C_Finalize, REQUEST_C_Finalize);
        call_run(&call, RESPONSE_C_Finalize);
        rv = call_end(&call);
        /* Whatever Java says, this application is done with it. */
        atomic_store_explicit(&ready, 0, memory_order_release);
        transport_close();
    }
    pthread_mutex_unlock(&lock);
    return rv;
}
