// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_CALL_H
#define FERROHSM_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ck.h"
#include "message.h"

/*
 * One call: call_begin, the parts of the request in order, call_run, the parts of the answer in order, call_end. The first thing
 * that goes wrong stays in `rv`; everything after it does nothing. docs/spec/wire.md says what the bytes are.
 */
struct call {
    CK_RV rv;
    uint32_t id;
    struct message *message;
    bool sent;        /* whether the request has left */
    size_t at;        /* where the next byte goes or comes from */
    size_t end;       /* the answer's length */
    size_t used;      /* the most that the message has held */
    size_t expected;  /* room that the answer may need */
    void *output;     /* the caller's output buffer, NULL if only its length is wanted */
    CK_ULONG room;    /* bytes or ulongs that fit in there */
};

/* Starts a request; CKR_CRYPTOKI_NOT_INITIALIZED unless the module is. */
void call_begin(struct call *call, uint32_t id, const char *signature);
void call_begin_uninitialised(struct call *call, uint32_t id, const char *signature);

/* Sends the request and reads the answer up to its first part. */
void call_run(struct call *call, const char *signature);

/* Wipes the message and returns the result. */
CK_RV call_end(struct call *call);

/*
 * The same for a step of operations, which `flags` name as C_SessionCancel does: arguments that were refused on this side end them,
 * as every fault of such a step does (PKCS#11 section 5.2).
 */
CK_RV call_end_step(struct call *call, CK_SESSION_HANDLE session, CK_FLAGS flags);

/* The same for a step of a message: the message ends, its process goes on (section 5.9.4). */
CK_RV call_end_message_step(struct call *call, CK_SESSION_HANDLE session, CK_FLAGS flags);

/* Fails the call with `rv` unless `condition` holds. */
static inline void call_require(struct call *call, bool condition, CK_RV rv)
{
    if (!condition && call->rv == CKR_OK) {
        call->rv = rv;
    }
}

/* Parts of a request. A byte array is checked here: NULL with a length, or a length beyond any message, is CKR_ARGUMENTS_BAD. */
void put_byte(struct call *call, CK_BYTE value);
void put_u32(struct call *call, uint32_t value);
void put_ulong(struct call *call, CK_ULONG value);
void put_bytes(struct call *call, const void *bytes, size_t length);
void put_length_and_bytes(struct call *call, const void *bytes, CK_ULONG length, CK_RV if_bad);
void put_byte_array(struct call *call, const void *bytes, CK_ULONG length);
void put_space_string(struct call *call, const void *bytes, size_t length);

/* Output buffers: `length` is the caller's pulLength, which must not be NULL. */
void put_byte_buffer(struct call *call, void *output, const CK_ULONG *length);
void put_ulong_buffer(struct call *call, void *output, const CK_ULONG *count);

/* Parts of an answer; malformed ones are CKR_DEVICE_ERROR. */
CK_BYTE get_byte(struct call *call);
uint32_t get_u32(struct call *call);
void get_ulong(struct call *call, CK_ULONG *value);
void get_version(struct call *call, CK_VERSION *version);
void get_space_string(struct call *call, CK_UTF8CHAR *string, size_t length);

/* The next `length` bytes, NULL if the call has failed or they are not there. */
const unsigned char *get_bytes(struct call *call, size_t length);

/* A length and so many bytes; NULL for the length ffffffff, which counts as 0, and when the call has failed. */
const unsigned char *get_length_and_bytes(struct call *call, size_t *length);

/* What goes into the buffer announced in the request; PKCS#11 section 5.2. */
void get_byte_array(struct call *call, CK_ULONG *length);
void get_ulong_array(struct call *call, CK_ULONG *count);

#endif
