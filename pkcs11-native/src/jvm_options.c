// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "jvm_options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debug.h"

/* From here on Java warns of native access that was not allowed beforehand. */
#define WARNS_OF_NATIVE_ACCESS 22

static void add(struct jvm_options *options, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct jvm_options *options, const char *format, ...)
{
    char *text = options->text + options->used;
    size_t left = sizeof options->text - options->used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, left, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t) length >= left || options->count == OPTIONS_MAX) {
        options->overflow = true;
        return;
    }
    options->used += (size_t) length + 1;
    options->list[options->count++].optionString = text;
}

/* What the user adds, separated by blanks; the last word on each setting. */
static void add_from_environment(struct jvm_options *options)
{
    const char *at = secure_getenv("FERROHSM_JAVA_OPTIONS");
    while (at != NULL && *(at += strspn(at, " \t\n")) != '\0') {
        size_t length = strcspn(at, " \t\n");
        add(options, "%.*s", (int) length, at);
        at += length;
    }
}

bool jvm_options(struct jvm_options *options, int version, const char *folder, const char *jar)
{
    memset(options, 0, sizeof *options);
    add(options, "-Djava.class.path=%s", jar);
    add(options, "-Dferrohsm.native.dir=%s/native", folder);
    add(options, "-Djava.library.path=%s/native", folder);
    add(options, "-Dorg.sqlite.lib.path=%s/native", folder);
    add(options, "-Dorg.sqlite.tmpdir=%s/native", folder);
    /* The host's signals and its console are its own. */
    add(options, "-Xrs");
    add(options, "-Xlog:disable");
    add(options, debug_wanted() ? "-Xlog:all=warning:stderr" : "-Xlog:all=off");
    /* An archive of another Java's is passed over, which `ferrohsm doctor` tells, too. */
    add(options, "-Xlog:cds*=off:stderr");
    if (!debug_wanted()) {
        add(options, "-XX:+SuppressFatalErrorMessage");
    }
    /* Nobody looks into the process through files or sockets that the JVM leaves behind. */
    add(options, "-XX:-UsePerfData");
    add(options, "-XX:+DisableAttachMechanism");
    /* A small guest that starts fast. */
    add(options, "-XX:+UseSerialGC");
    add(options, "-Xms8m");
    add(options, "-Xshare:auto");
    char archive[PATH_MAX];
    if (snprintf(archive, sizeof archive, "%s/java/ferrohsm.jsa", folder) < (int) sizeof archive
        && access(archive, R_OK) == 0) {
        add(options, "-XX:SharedArchiveFile=%s", archive);
    }
    if (version >= WARNS_OF_NATIVE_ACCESS) {
        add(options, "--enable-native-access=ALL-UNNAMED");
    }
    add_from_environment(options);
    return !options->overflow;
}
