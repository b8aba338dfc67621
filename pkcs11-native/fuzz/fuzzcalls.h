// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_FUZZ_CALLS_H
#define FERROHSM_FUZZ_CALLS_H

#include <stddef.h>

#include "input.h"

/* Generated from functions.def and spec/functions.csv. */

/* Calls the function that the input names. */
CK_RV fuzz_call(struct input *in);

/* The mechanisms that take a parameter. */
extern const CK_MECHANISM_TYPE fuzz_mechanisms[];
extern const size_t fuzz_mechanism_count;

#endif
