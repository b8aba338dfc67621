// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_SETTINGS_H
#define FERROHSM_SETTINGS_H

#include <limits.h>
#include <stdbool.h>

enum mode { MODE_AUTO, MODE_EMBEDDED, MODE_DAEMON };

/* What the library itself has to know of the configuration (docs/configuration.md); Java reads the rest. */
struct settings {
    enum mode mode;
    /* Where a daemon may listen, in the order in which to look. */
    char sockets[2][PATH_MAX];
    int socket_count;
};

/* From FERROHSM_MODE and FERROHSM_SOCKET, else the configuration file; false, with a word to who asks, if they are wrong. */
bool settings_read(struct settings *settings);

#endif
