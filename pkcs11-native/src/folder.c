// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "debug.h"

bool library_folder(char folder[PATH_MAX])
{
    static const char here = 0;
    Dl_info self;
    if (dladdr(&here, &self) == 0 || self.dli_fname == NULL || realpath(self.dli_fname, folder) == NULL) {
        debug("cannot tell where this library lies");
        return false;
    }
    *strrchr(folder, '/') = '\0';
    return true;
}
