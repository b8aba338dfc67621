// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_MESSAGEPARAMETERS_H
#define FERROHSM_MESSAGEPARAMETERS_H

#include "call.h"

/*
 * The parameters of one message: CK_GCM_MESSAGE_PARAMS, CK_CCM_MESSAGE_PARAMS or CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS, told apart by
 * their sizes, or plain bytes. `tag` says whether the structure holds a tag to be checked; otherwise its bytes are not read.
 */
void put_message_parameter(struct call *call, const void *parameter, CK_ULONG length, bool tag);

/* Writes the nonce and the tag that the other side made into the places that the structure points to. */
void get_message_parameter(struct call *call, void *parameter, CK_ULONG length);

/* A mechanism with such a parameter, which must not be NULL. */
void put_message_mechanism(struct call *call, const CK_MECHANISM *mechanism, bool tag);
void get_message_mechanism(struct call *call, const CK_MECHANISM *mechanism);

/* The mechanism of a C_...Init, where NULL cancels the running operation. */
void put_message_mechanism_or_cancel(struct call *call, const CK_MECHANISM *mechanism, bool tag);

#endif
