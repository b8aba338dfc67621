// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_JVM_OPTIONS_H
#define FERROHSM_JVM_OPTIONS_H

#include <jni.h>
#include <limits.h>
#include <stdbool.h>

#define OPTIONS_MAX 64

/* The options of a new JVM and the memory that their strings lie in. */
struct jvm_options {
    JavaVMOption list[OPTIONS_MAX];
    jint count;
    size_t used;
    bool overflow;
    char text[4 * PATH_MAX];
};

/* For Java `version`, 0 if unknown; `folder` is where the library lies, `jar` the class path. False if there are too many. */
bool jvm_options(struct jvm_options *options, int version, const char *folder, const char *jar);

#endif
