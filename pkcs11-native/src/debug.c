// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "debug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool debug_wanted(void)
{
    const char *wanted = secure_getenv("FERROHSM_DEBUG");
    return wanted != NULL && *wanted != '\0';
}

void debug(const char *format, ...)
{
    if (!debug_wanted()) {
        return;
    }
    char line[1024] = "ferrohsm: ";
    const size_t start = 10;
    va_list arguments;
    va_start(arguments, format);
    int written = vsnprintf(line + start, sizeof line - start - 1, format, arguments);
    va_end(arguments);
    if (written < 0) {
        return;
    }
    size_t length = start + (size_t) written;
    if (length > sizeof line - 2) {
        length = sizeof line - 2;
    }
    line[length++] = '\n';
    /* One write, so that lines of several threads do not mix. */
    if (write(STDERR_FILENO, line, length) < 0) {
        return;
    }
}
