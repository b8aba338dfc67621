// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_FUZZ_INPUT_H
#define FERROHSM_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>

#include "ck.h"

/* A fuzzer's input, used up from front to back; what is not there is 0. */
struct input {
    const uint8_t *data;
    size_t left;
};

CK_BYTE input_byte(struct input *in);
/* Often small, now and then at the edges of what a length can be. */
CK_ULONG input_ulong(struct input *in);
/* The next bytes, as many as there are but not more than `most`, copied to `place`; gives their number. */
size_t input_copy(struct input *in, void *place, size_t most);

/* Memory of exactly this size, so that a byte beyond it is noticed; input_free gives all of it back. */
void *input_memory(size_t size);
void input_free(void);

#endif
