// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* The configuration file as the library itself reads it. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "settings.h"

static int file = -1;

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    char path[64];
    (void) count;
    (void) arguments;
    file = memfd_create("ferrohsm.conf", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return file < 0 || setenv("FERROHSM_CONF", path, 1) != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct settings settings;
    if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != (ssize_t) size) {
        abort();
    }
    if (settings_read(&settings)) {
        for (int i = 0; i < settings.socket_count; i++) {
            if (strlen(settings.sockets[i]) >= sizeof settings.sockets[i]) {
                abort();
            }
        }
    }
    return 0;
}
