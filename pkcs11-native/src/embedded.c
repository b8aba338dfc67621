// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* The transport into a JVM in this process: org.ferrohsm.bridge.EntryPoint, see docs/spec/wire.md. */
#include <jni.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "debug.h"
#include "embedded.h"
#include "entryclass.h"
#include "folder.h"
#include "jvm_start.h"
#include "lifecycle.h"
#include "privatedaemon.h"

static struct jvm jvm;
static struct entry_class entry;
static bool opened;
/* Whether there is a JVM or may be one soon: a fork takes its memory along, but none of its threads. */
static bool starting;
static unsigned long started_in;
/* Set in threads that we attached and therefore detach. */
static _Thread_local bool attached;

/* The calling thread's environment: asked for each time, since a host may detach its threads itself. */
static JNIEnv *environment(void)
{
    void *env = NULL;
    if ((*jvm.vm)->GetEnv(jvm.vm, &env, JNI_VERSION_10) == JNI_OK) {
        return env;
    }
    if ((*jvm.vm)->AttachCurrentThreadAsDaemon(jvm.vm, &env, NULL) != JNI_OK) {
        return NULL;
    }
    attached = true;
    return env;
}

bool embedded_lost(void)
{
    /* A JVM that somebody else started may be the parent's. */
    return starting ? started_in != lifecycle_generation() : lifecycle_generation() != 0 && jvm_exists();
}

CK_RV embedded_open(void)
{
    if (opened) {
        return CKR_OK;
    }
    char folder[PATH_MAX];
    char jar[PATH_MAX + 64];
    if (!library_folder(folder)) {
        return CKR_GENERAL_ERROR;
    }
    snprintf(jar, sizeof jar, "%s/java/ferrohsm-pkcs11-bridge.jar", folder);
    if (access(jar, R_OK) != 0) {
        debug("cannot read %s: the library must lie beside its folder java", jar);
        return CKR_GENERAL_ERROR;
    }
    private_daemon_prepare();
    starting = true;
    started_in = lifecycle_generation();
    if (jvm.vm == NULL && !jvm_start(&jvm, folder, jar)) {
        starting = false;
        return CKR_GENERAL_ERROR;
    }
    JNIEnv *env = environment();
    if (env == NULL) {
        debug("cannot attach a thread to the JVM");
        return CKR_GENERAL_ERROR;
    }
    if (!entry_class_find(&entry, env, jvm.foreign ? jar : NULL)) {
        return CKR_GENERAL_ERROR;
    }
    if (!entry.complete) {
        return CKR_FUNCTION_NOT_SUPPORTED;
    }
    opened = true;
    return CKR_OK;
}

/* The buffer object over the message's memory, made when the memory is new. */
static jobject buffer_of(JNIEnv *env, struct message *message)
{
    if (message->peer == NULL) {
        jobject local = (*env)->NewDirectByteBuffer(env, message->data, (jlong) message->capacity);
        if (local != NULL) {
            message->peer = (*env)->NewGlobalRef(env, local);
            (*env)->DeleteLocalRef(env, local);
        }
    }
    return message->peer;
}

/* What Java threw, which it never should, as a return value. */
static CK_RV thrown(JNIEnv *env)
{
    if (!(*env)->ExceptionCheck(env)) {
        return CKR_OK;
    }
    return entry_class_report(&entry, env) ? CKR_HOST_MEMORY : CKR_GENERAL_ERROR;
}

CK_RV embedded_call(struct message *message, size_t request, size_t *response)
{
    JNIEnv *env = environment();
    if (env == NULL) {
        return CKR_HOST_MEMORY;
    }
    jobject buffer = buffer_of(env, message);
    if (buffer == NULL) {
        thrown(env);
        return CKR_HOST_MEMORY;
    }
    jint length = (*env)->CallStaticIntMethod(env, entry.type, entry.call, buffer, (jint) request);
    CK_RV rv = thrown(env);
    if (rv == CKR_OK && length < 0) {
        rv = message_reserve(message, (size_t) -(jlong) length, request);
        buffer = rv == CKR_OK ? buffer_of(env, message) : NULL;
        if (buffer == NULL) {
            thrown(env);
            return CKR_HOST_MEMORY;
        }
        length = (*env)->CallStaticIntMethod(env, entry.type, entry.fetch, buffer);
        rv = thrown(env);
    }
    if (rv == CKR_OK && (length < 0 || (size_t) length > message->capacity)) {
        rv = CKR_DEVICE_ERROR;
    }
    *response = rv == CKR_OK ? (size_t) length : 0;
    return rv;
}

void embedded_forget(struct message *message)
{
    if (message->peer != NULL) {
        JNIEnv *env = environment();
        if (env != NULL) {
            (*env)->DeleteGlobalRef(env, message->peer);
        }
        message->peer = NULL;
    }
}

void embedded_leave(void)
{
    if (attached && !embedded_lost()) {
        attached = false;
        (*jvm.vm)->DetachCurrentThread(jvm.vm);
    }
}
