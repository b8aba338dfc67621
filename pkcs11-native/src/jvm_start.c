// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "jvm_start.h"

#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "debug.h"
#include "jvm_find.h"
#include "jvm_options.h"
#include "signals.h"

/* HotSpot starts up on a stack of its own: the caller's may be the primordial one, or small. */
#define STACK_SIZE ((size_t) 8 << 20)

typedef jint (*get_created_vms)(JavaVM **, jsize, jsize *);
typedef jint (*create_vm)(JavaVM **, void **, void *);

/* dlsym gives a data pointer; C has no conversion to a function pointer. */
static void *symbol(void *library, const char *name, void *function, size_t size)
{
    void *address = dlsym(library, name);
    memcpy(function, &address, size);
    return address;
}

static JavaVM *created(void)
{
    get_created_vms get;
    void *library = NULL;
    if (symbol(RTLD_DEFAULT, "JNI_GetCreatedJavaVMs", &get, sizeof get) == NULL) {
        library = dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
        if (library == NULL || symbol(library, "JNI_GetCreatedJavaVMs", &get, sizeof get) == NULL) {
            return NULL;
        }
    }
    JavaVM *vm = NULL;
    jsize count = 0;
    return get(&vm, 1, &count) == JNI_OK && count > 0 ? vm : NULL;
}

struct creation {
    create_vm create;
    struct jvm_options options;
    JavaVM *vm;
    jint result;
};

/* Its initialisation sets SIGCHLD back to the default: the first getenv of Java 25 does it, an exec of any. Done here, the
   host's disposition is put back with the others. */
static void initialise_process_class(JNIEnv *env)
{
    if ((*env)->FindClass(env, "java/lang/ProcessImpl") == NULL) {
        (*env)->ExceptionClear(env);
    }
}

static void *create(void *argument)
{
    struct creation *creation = argument;
    JNIEnv *env;
    JavaVMInitArgs arguments = {
        .version = JNI_VERSION_10,
        .nOptions = creation->options.count,
        .options = creation->options.list,
        .ignoreUnrecognized = JNI_TRUE,
    };
    creation->result = creation->create(&creation->vm, (void **) &env, &arguments);
    if (creation->result == JNI_OK) {
        initialise_process_class(env);
        (*creation->vm)->DetachCurrentThread(creation->vm);
    }
    return NULL;
}

static bool run_on_own_stack(void *(*body)(void *), void *argument)
{
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0) {
        return false;
    }
    bool done = pthread_attr_setstacksize(&attributes, STACK_SIZE) == 0
        && pthread_create(&thread, &attributes, body, argument) == 0 && pthread_join(thread, NULL) == 0;
    pthread_attr_destroy(&attributes);
    return done;
}

/* The JDK calls setlocale(LC_ALL, "") and HotSpot installs signal handlers: the host gets back what it had. */
static bool create_leaving_no_trace(struct creation *creation)
{
    struct dispositions dispositions;
    const char *current = setlocale(LC_ALL, NULL);
    char *locale = current == NULL ? NULL : strdup(current);
    signals_save(&dispositions);
    bool ran = run_on_own_stack(create, creation);
    signals_restore(&dispositions);
    if (locale != NULL) {
        setlocale(LC_ALL, locale);
        free(locale);
    }
    return ran;
}

static JavaVM *launch(const char *folder, const char *jar)
{
    struct java java;
    if (!jvm_find(&java)) {
        return NULL;
    }
    void *library = dlopen(java.libjvm, RTLD_NOW | RTLD_GLOBAL);
    if (library == NULL) {
        debug("cannot load %s: %s", java.libjvm, dlerror());
        return NULL;
    }
    struct creation *creation = calloc(1, sizeof *creation);
    if (creation == NULL) {
        return NULL;
    }
    JavaVM *vm = NULL;
    if (symbol(library, "JNI_CreateJavaVM", &creation->create, sizeof creation->create) == NULL) {
        debug("%s is no Java runtime", java.libjvm);
    } else if (!jvm_options(&creation->options, java.version, folder, jar)) {
        debug("FERROHSM_JAVA_OPTIONS is too long");
    } else if (!create_leaving_no_trace(creation)) {
        debug("cannot start a thread for %s", java.libjvm);
    } else if (creation->result != JNI_OK) {
        debug("%s does not start: error %d (is FERROHSM_JAVA_OPTIONS right, is there enough memory?)", java.libjvm,
            (int) creation->result);
    } else {
        vm = creation->vm;
    }
    free(creation);
    return vm;
}

bool jvm_exists(void)
{
    return created() != NULL;
}

bool jvm_start(struct jvm *jvm, const char *folder, const char *jar)
{
    jvm->vm = created();
    jvm->foreign = jvm->vm != NULL;
    if (jvm->vm == NULL) {
        jvm->vm = launch(folder, jar);
    }
    return jvm->vm != NULL;
}
