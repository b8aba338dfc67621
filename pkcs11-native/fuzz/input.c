// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "input.h"

#include <stdlib.h>
#include <string.h>

#define MOST_BLOCKS 4096

static void *blocks[MOST_BLOCKS];
static size_t block_count;

size_t input_copy(struct input *in, void *place, size_t most)
{
    size_t count = in->left < most ? in->left : most;
    if (count != 0) {
        memcpy(place, in->data, count);
        in->data += count;
        in->left -= count;
    }
    return count;
}

CK_BYTE input_byte(struct input *in)
{
    CK_BYTE value = 0;
    input_copy(in, &value, sizeof value);
    return value;
}

CK_ULONG input_ulong(struct input *in)
{
    static const CK_ULONG edges[] = {0x7ffffffe, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000, ~0UL >> 1, ~0UL - 7,
        ~0UL - 1, ~0UL};
    CK_BYTE first = input_byte(in);
    if (first < 0xe0) {
        return first;
    }
    if (first < 0xe0 + sizeof edges / sizeof edges[0]) {
        return edges[first - 0xe0];
    }
    CK_ULONG value = 0;
    input_copy(in, &value, first < 0xf8 ? 4 : 8);
    return value;
}

void *input_memory(size_t size)
{
    void *block = block_count < MOST_BLOCKS ? calloc(1, size == 0 ? 1 : size) : NULL;
    if (block == NULL) {
        abort();
    }
    blocks[block_count++] = block;
    return block;
}

void input_free(void)
{
    while (block_count > 0) {
        free(blocks[--block_count]);
    }
}
