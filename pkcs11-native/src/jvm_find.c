// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "jvm_find.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debug.h"

#define JAVA "/bin/java"

/* Tried in this order, each newest first. */
static const char *const well_known[] = {
    "/usr/lib/jvm/default-java",
    "/usr/lib/jvm/*",
    "/usr/lib64/jvm/*",
    "/usr/java/*",
    "/opt/java/*",
    "/opt/*",
    "/usr/local/*",
};

/* The number after JAVA_VERSION=" in the runtime's release file: 17 of 17.0.15, 8 of 1.8.0_402, 0 if there is none. */
static int version_of(const char *home)
{
    char path[PATH_MAX];
    char line[256];
    int version = 0;
    if (snprintf(path, sizeof path, "%s/release", home) >= (int) sizeof path) {
        return 0;
    }
    FILE *release = fopen(path, "re");
    if (release == NULL) {
        return 0;
    }
    while (version == 0 && fgets(line, sizeof line, release) != NULL) {
        int minor = 0;
        int numbers = sscanf(line, "JAVA_VERSION=\"%d.%d", &version, &minor);
        if (numbers == 2 && version == 1) {
            version = minor;
        }
    }
    fclose(release);
    return version;
}

static bool examine(const char *home, struct java *java)
{
    if (snprintf(java->libjvm, sizeof java->libjvm, "%s/lib/server/libjvm.so", home) >= (int) sizeof java->libjvm) {
        return false;
    }
    java->version = version_of(home);
    return access(java->libjvm, R_OK) == 0 && (java->version == 0 || java->version >= JAVA_OLDEST);
}

/* The home of the java on PATH: links resolved, /bin/java cut off. */
static bool home_on_path(char home[PATH_MAX])
{
    const char *path = secure_getenv("PATH");
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        char candidate[PATH_MAX];
        if (length > 0
            && snprintf(candidate, sizeof candidate, "%.*s/java", (int) length, path) < (int) sizeof candidate
            && access(candidate, X_OK) == 0 && realpath(candidate, home) != NULL) {
            size_t end = strlen(home);
            if (end > strlen(JAVA) && strcmp(home + end - strlen(JAVA), JAVA) == 0) {
                home[end - strlen(JAVA)] = '\0';
                return true;
            }
        }
        path += length;
        path += *path == ':';
    }
    return false;
}

static bool newest_of(const char *pattern, struct java *found)
{
    glob_t homes;
    if (glob(pattern, GLOB_NOSORT, NULL, &homes) != 0) {
        return false;
    }
    bool any = false;
    for (size_t i = 0; i < homes.gl_pathc; i++) {
        struct java java;
        if (examine(homes.gl_pathv[i], &java) && (!any || java.version > found->version)) {
            *found = java;
            any = true;
        }
    }
    globfree(&homes);
    return any;
}

bool jvm_find(struct java *found)
{
    const char *own = secure_getenv("FERROHSM_JAVA_HOME");
    if (own != NULL && *own != '\0') {
        if (!examine(own, found)) {
            debug("FERROHSM_JAVA_HOME is %s, but that is no Java of version %d or newer (lib/server/libjvm.so, release)",
                own, JAVA_OLDEST);
            return false;
        }
        return true;
    }
    const char *home = secure_getenv("JAVA_HOME");
    if (home != NULL && *home != '\0' && examine(home, found)) {
        return true;
    }
    char on_path[PATH_MAX];
    if (home_on_path(on_path) && examine(on_path, found)) {
        return true;
    }
    for (size_t i = 0; i < sizeof well_known / sizeof well_known[0]; i++) {
        if (newest_of(well_known[i], found)) {
            return true;
        }
    }
    debug("no Java of version %d or newer found: set FERROHSM_JAVA_HOME; looked at JAVA_HOME (%s), the java on PATH, "
          "/usr/lib/jvm, /usr/lib64/jvm, /usr/java, /opt/java, /opt and /usr/local",
        JAVA_OLDEST, home == NULL ? "not set" : home);
    return false;
}
