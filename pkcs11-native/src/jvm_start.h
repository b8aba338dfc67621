// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_JVM_START_H
#define FERROHSM_JVM_START_H

#include <jni.h>
#include <stdbool.h>

/* The JVM of this process; `foreign` if somebody else started it. */
struct jvm {
    JavaVM *vm;
    bool foreign;
};

/* The JVM that runs in this process, else a new one with `jar` as its class path and `folder` as the product's folder. */
bool jvm_start(struct jvm *jvm, const char *folder, const char *jar);

/* Whether this process has, or has inherited from its parent, a JVM that somebody else started. */
bool jvm_exists(void);

#endif
