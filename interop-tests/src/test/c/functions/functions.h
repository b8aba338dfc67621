// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* What the tests of the functions share: a session of a user who is logged in, its keys, and places for data. */
#ifndef FERROHSM_FUNCTIONS_H
#define FERROHSM_FUNCTIONS_H

#include <string.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOWHERE 0x7eadbeefUL

extern CK_FUNCTION_LIST_3_2 *p11;
extern CK_SESSION_HANDLE session;
extern CK_OBJECT_HANDLE aes, ec_public, ec_private;
extern CK_BBOOL yes, no;
extern CK_BYTE data[40], out[512], tag[16], iv[12], aad[3];
extern CK_MECHANISM gcm, ecdsa, sha256;

/* The parameters of a message with the shared nonce and tag. */
CK_GCM_MESSAGE_PARAMS message(CK_GENERATOR_FUNCTION generator);

void test_messages(void);
void test_keys(void);
void test_operations(void);
/* The last, since it ends the application. */
void test_slot_events(void);

#endif
