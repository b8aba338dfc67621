// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_ENTRYCLASS_H
#define FERROHSM_ENTRYCLASS_H

#include <jni.h>
#include <stdbool.h>

/* org.ferrohsm.bridge.EntryPoint and its methods. */
struct entry_class {
    jclass type;
    jmethodID call;
    jmethodID fetch;
    jclass out_of_memory;
    /* Whether the JVM has all modules of the JDK that the class needs; one that we start does. */
    jboolean complete;
};

/* Loads the class: from the JVM's class path, or from `jar` if that is not NULL. Says what went wrong and clears it. */
bool entry_class_find(struct entry_class *entry, JNIEnv *env, const char *jar);

/* Explains and clears the pending exception; true if memory ran out. */
bool entry_class_report(const struct entry_class *entry, JNIEnv *env);

#endif
