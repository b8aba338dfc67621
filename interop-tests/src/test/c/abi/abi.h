// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_ABI_H
#define FERROHSM_ABI_H

#include <stdbool.h>
#include <stddef.h>

#include "ck.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The codes that the specification lets a call answer with; a code that stands alone is repeated. */
struct codes {
    CK_RV any[3];
};
#define IS(code) {{code, code, code}}
#define EITHER(code, other) {{code, other, other}}
#define ONE_OF(code, other, third) {{code, other, third}}

/* What an application is while a row runs. */
enum phase { FRESH, IDLE, USER, PUBLIC, SO, PHASES };

/*
 * A function of the 3.2 list, its section of the specification, and a call of it that succeeds: in which phase, after which
 * calls, with which arguments. A word of the arguments is a number or the name of a value (values.c); what stands before a
 * colon says what the argument is for.
 */
struct function {
    const char *name;
    const char *section;
    enum phase phase;
    const char *before;
    const char *arguments;
};

/* Where a rule or a row takes the session from that it runs in. */
enum session { READ_WRITE, READ_ONLY };

/* Which calls go before: the function's own, none, or the function itself besides its own. */
enum before { USUAL, NOTHING, ITSELF };

/* What every function answers that has such an argument, if that is replaced by another value. */
struct rule {
    const char *situation;
    enum phase phase;
    enum session session;
    enum before before;
    const char *word;
    const char *value;
    struct codes codes;
    const char *section;
};

/* What one function answers in one situation. "-" before stands for its usual calls; a NULL section for its own. */
struct row {
    const char *function;
    const char *situation;
    enum phase phase;
    enum session session;
    const char *before;
    const char *changes;
    struct codes codes;
    const char *section;
};

extern const struct function functions[];
extern const size_t function_count;
extern const struct rule rules[];
extern const size_t rule_count;
extern const struct row rows[];
extern const size_t row_count;

/* The module under test; the newer list is NULL if it has none. */
extern CK_FUNCTION_LIST *p11;
extern CK_FUNCTION_LIST_3_2 *newer;
extern CK_SLOT_ID slot;
/* The session of the row. */
extern CK_SESSION_HANDLE session;
/* Where results and their lengths go. */
extern CK_ULONG room;

#define USER_PIN "user-1234"
#define SO_PIN "so-1234"

/* The value of a word of arguments; a name that is not known ends the program. */
CK_ULONG value_of(const char *word);
/* Makes the objects and ciphertexts that the words name, in a session in which the user is logged in. */
void make_values(CK_SESSION_HANDLE home);

#endif
