// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "check.h"

#include <stdio.h>

static int run;
static int failures;

void check_run(const char *name, void (*test)(void))
{
    int before = failures;
    test();
    run++;
    if (failures != before) {
        printf("FAILED  %s\n", name);
    }
}

void check_that(bool condition, const char *text, const char *file, int line)
{
    if (!condition) {
        failures++;
        printf("%s:%d: not so: %s\n", file, line, text);
    }
}

void check_rv(CK_RV got, CK_RV wanted, const char *text, const char *file, int line)
{
    if (got != wanted) {
        failures++;
        printf("%s:%d: 0x%lx instead of 0x%lx: %s\n", file, line, got, wanted, text);
    }
}

int check_result(void)
{
    printf("%d tests, %d failures\n", run, failures);
    return run == 0 || failures != 0;
}
