// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_FOLDER_H
#define FERROHSM_FOLDER_H

#include <limits.h>
#include <stdbool.h>

/* The folder this library lies in, links resolved; the product's other files lie relative to it. */
bool library_folder(char folder[PATH_MAX]);

#endif
