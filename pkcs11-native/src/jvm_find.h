// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_JVM_FIND_H
#define FERROHSM_JVM_FIND_H

#include <limits.h>
#include <stdbool.h>

#define JAVA_OLDEST 17

/* A Java runtime: its libjvm.so and its feature version, 0 if it does not say. */
struct java {
    char libjvm[PATH_MAX];
    int version;
};

/*
 * FERROHSM_JAVA_HOME, which must be right if it is set; else JAVA_HOME, the java on PATH, and where distributions put it. Says what it
 * looked at when it finds nothing.
 */
bool jvm_find(struct java *found);

#endif
