// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "settings.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debug.h"

#define MACHINE_FILE "/etc/ferrohsm/ferrohsm.conf"
#define MACHINE_SOCKET "/run/ferrohsm/daemon.sock"

/* The values of the configuration file, empty where it is silent. */
struct file_values {
    char mode[PATH_MAX];
    char socket[PATH_MAX];
};

static const char *variable(const char *name)
{
    const char *value = secure_getenv(name);
    return value != NULL && *value != '\0' ? value : NULL;
}

/* The folder in `name` if it is absolute, else `below` in the home folder, with /ferrohsm behind; false if there is none. */
static bool folder(char path[PATH_MAX], const char *name, const char *below)
{
    const char *given = variable(name);
    const char *home = variable("HOME");
    if (given != NULL && *given == '/') {
        return snprintf(path, PATH_MAX, "%s/ferrohsm", given) < PATH_MAX;
    }
    return below != NULL && home != NULL && snprintf(path, PATH_MAX, "%s/%s/ferrohsm", home, below) < PATH_MAX;
}

static FILE *open_file(void)
{
    char path[PATH_MAX];
    const char *named = variable("FERROHSM_CONF");
    if (named != NULL) {
        return fopen(named, "re");
    }
    if (folder(path, "XDG_CONFIG_HOME", ".config") && strlen(path) + sizeof "/ferrohsm.conf" <= sizeof path) {
        strcat(path, "/ferrohsm.conf");
        FILE *file = fopen(path, "re");
        if (file != NULL) {
            return file;
        }
    }
    return fopen(MACHINE_FILE, "re");
}

static char *strip(char *text)
{
    while (isspace((unsigned char) *text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && isspace((unsigned char) text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

/* What is wrong with other lines, Java says. */
static void read_file(struct file_values *values)
{
    char *line = NULL;
    size_t size = 0;
    FILE *file = open_file();
    if (file == NULL) {
        return;
    }
    while (getline(&line, &size, file) >= 0) {
        char *equals = strchr(line, '=');
        if (equals == NULL || *strip(line) == '#') {
            continue;
        }
        *equals = '\0';
        const char *key = strip(line);
        const char *value = strip(equals + 1);
        if (strcmp(key, "mode") == 0) {
            snprintf(values->mode, sizeof values->mode, "%s", value);
        } else if (strcmp(key, "daemon.socket") == 0) {
            snprintf(values->socket, sizeof values->socket, "%s", value);
        }
    }
    free(line);
    fclose(file);
}

static bool mode_of(const char *name, enum mode *mode)
{
    static const char *const names[] = {"auto", "embedded", "daemon"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(name, names[i]) == 0) {
            *mode = (enum mode) i;
            return true;
        }
    }
    debug("the mode is %s, but there are only auto, embedded and daemon", name);
    return false;
}

static void add_socket(struct settings *settings, const char *path)
{
    snprintf(settings->sockets[settings->socket_count++], PATH_MAX, "%s", path);
}

/* ${config}, ${data} and ${runtime} as Java fills them in. */
static bool expand(char path[PATH_MAX], const char *value)
{
    static const struct {
        const char *name;
        const char *home;
        const char *below;
        const char *otherwise;
    } folders[] = {
        {"${config}", "XDG_CONFIG_HOME", ".config", NULL},
        {"${data}", "XDG_DATA_HOME", ".local/share", NULL},
        {"${runtime}", "XDG_RUNTIME_DIR", NULL, "/run/ferrohsm"},
    };
    char base[PATH_MAX];
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        size_t length = strlen(folders[i].name);
        if (strncmp(value, folders[i].name, length) == 0) {
            if (!folder(base, folders[i].home, folders[i].below)) {
                snprintf(base, sizeof base, "%s", folders[i].otherwise == NULL ? "" : folders[i].otherwise);
            }
            return snprintf(path, PATH_MAX, "%s%s", base, value + length) < PATH_MAX;
        }
    }
    return snprintf(path, PATH_MAX, "%s", value) < PATH_MAX;
}

bool settings_read(struct settings *settings)
{
    struct file_values *values = calloc(1, sizeof *values);
    memset(settings, 0, sizeof *settings);
    if (values == NULL) {
        return false;
    }
    read_file(values);
    const char *socket = variable("FERROHSM_SOCKET");
    const char *mode = variable("FERROHSM_MODE");
    bool named = socket != NULL || values->socket[0] != '\0';
    char path[PATH_MAX];
    if (named && expand(path, socket != NULL ? socket : values->socket)) {
        add_socket(settings, path);
    } else if (!named) {
        if (expand(path, "${runtime}/daemon.sock") && strcmp(path, MACHINE_SOCKET) != 0) {
            add_socket(settings, path);
        }
        add_socket(settings, MACHINE_SOCKET);
    }
    bool known = true;
    if (mode != NULL || values->mode[0] != '\0') {
        known = mode_of(mode != NULL ? mode : values->mode, &settings->mode);
    }
    /* Who names a store means that one, and not whichever a daemon that happens to run serves. */
    if (known && settings->mode == MODE_AUTO && !named && variable("FERROHSM_STORE") != NULL) {
        settings->mode = MODE_EMBEDDED;
    }
    free(values);
    return known;
}
