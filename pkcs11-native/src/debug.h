// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_DEBUG_H
#define FERROHSM_DEBUG_H

#include <stdbool.h>

/* Whether the environment asks for explanations (FERROHSM_DEBUG set and not empty). */
bool debug_wanted(void);

/* Writes one line "ferrohsm: ..." to stderr if explanations are wanted, nothing else. */
void debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
