// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_CHECK_H
#define FERROHSM_CHECK_H

#include <stdbool.h>

#include "ck.h"

/* A test is a function whose name is a sentence; RUN says the sentence and whether it is true. */
#define RUN(test) check_run(#test, test)
#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_RV(expression, rv) check_rv((expression), (rv), #expression, __FILE__, __LINE__)

void check_run(const char *name, void (*test)(void));
void check_that(bool condition, const char *text, const char *file, int line);
void check_rv(CK_RV got, CK_RV wanted, const char *text, const char *file, int line);

/* The exit code of the program: 0 if all was as stated and something was. */
int check_result(void);

#endif
