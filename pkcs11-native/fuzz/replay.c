// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Runs every input of a target's corpus once, where there is no libFuzzer: replay FOLDER */
#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#define LARGEST ((size_t) 1 << 20)

static bool run(const char *path)
{
    FILE *file = fopen(path, "re");
    uint8_t *data = malloc(LARGEST);
    bool read = file != NULL && data != NULL;
    if (read) {
        size_t size = fread(data, 1, LARGEST, file);
        /* Exactly as large as the input: a byte read beyond it is noticed. */
        uint8_t *exact = realloc(data, size == 0 ? 1 : size);
        if (exact != NULL) {
            data = exact;
        }
        LLVMFuzzerTestOneInput(data, size);
    }
    free(data);
    if (file != NULL) {
        fclose(file);
    }
    return read;
}

int main(int count, char **arguments)
{
    if (count != 2) {
        return 2;
    }
    DIR *folder = opendir(arguments[1]);
    int inputs = 0;
    LLVMFuzzerInitialize(&count, &arguments);
    for (struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[PATH_MAX];
        if (entry->d_name[0] == '.') {
            continue;
        }
        if (snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name) >= PATH_MAX || !run(path)) {
            perror(path);
            return 1;
        }
        inputs++;
    }
    if (folder != NULL) {
        closedir(folder);
    }
    printf("%s: %d inputs\n", arguments[1], inputs);
    return inputs == 0;
}
