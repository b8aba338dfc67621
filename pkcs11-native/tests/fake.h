// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_FAKE_H
#define FERROHSM_FAKE_H

#include <stddef.h>

#include "ck.h"

/*
 * A transport that keeps each request and answers from what the test prepared. Behind the end of an answer the message is poisoned
 * where ASan watches.
 */
#define FAKE_MAX ((size_t) 1 << 20)

struct fake {
    unsigned char request[FAKE_MAX];
    size_t request_length;
    unsigned char answer[FAKE_MAX];
    size_t answer_length; /* 0: success without values */
    CK_RV rv;             /* what the transport itself returns */
    CK_RV open_rv;
    unsigned calls;
    unsigned closed;
    unsigned left; /* threads that said good-bye */
};

extern struct fake fake;

/* The next answer: success of the call with this id, the values as hexadecimal digits and blanks. */
void fake_answer(unsigned id, const char *signature, const char *values);

/* The next answer as it is. */
void fake_answer_raw(const char *digits);

/* The next answer: ERROR. */
void fake_error(CK_RV rv);

/* Whether the last request had these values (hexadecimal digits and blanks) behind its signature. */
int fake_requested(const char *values);

/* C_Initialize, which must succeed, and C_Finalize. */
void fake_initialise(void);
void fake_finalise(void);

#endif
