// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_LIFECYCLE_H
#define FERROHSM_LIFECYCLE_H

#include <stdbool.h>

/* Whether C_Initialize has succeeded in this process and C_Finalize has not been called since. */
bool lifecycle_ready(void);

/* 0 in the process that loaded the library, one more in each fork of it. */
unsigned long lifecycle_generation(void);

#endif
