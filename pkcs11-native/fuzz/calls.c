// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* One call of the library, over a transport that answers as the target says: fuzz_request.c, fuzz_reply.c. */
#include "fake.h"
#include "fuzz.h"
#include "fuzzcalls.h"

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void) count;
    (void) arguments;
    fake_initialise();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, size};
    fuzz_call(&in);
    input_free();
    return 0;
}
