// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "call.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && sizeof(CK_ULONG) == sizeof(uint64_t),
    "values that p11-kit does not know travel as they lie in the memory of such a host");

/* The answer's head and the parts beside the buffer. */
#define ANSWER_OVERHEAD ((size_t) 256)
#define PREPARED_MAX ((size_t) 1 << 20)
/* Room is written in 32 bits and never more than any answer could fill. */
#define ROOM_MAX ((CK_ULONG) 0x7fffffff)

static unsigned char *claim(struct call *call, size_t length)
{
    if (call->rv != CKR_OK) {
        return NULL;
    }
    struct message *message = call->message;
    if (length > message->capacity - call->at) {
        if (length > MESSAGE_MAX - call->at) {
            call->rv = CKR_HOST_MEMORY;
            return NULL;
        }
        call->rv = message_reserve(message, call->at + length, call->at);
        if (call->rv != CKR_OK) {
            return NULL;
        }
    }
    unsigned char *place = message->data + call->at;
    call->at += length;
    call->used = call->at;
    return place;
}

void put_byte(struct call *call, CK_BYTE value)
{
    unsigned char *place = claim(call, 1);
    if (place != NULL) {
        *place = value;
    }
}

void put_u32(struct call *call, uint32_t value)
{
    unsigned char *place = claim(call, sizeof value);
    if (place != NULL) {
        value = __builtin_bswap32(value);
        memcpy(place, &value, sizeof value);
    }
}

void put_ulong(struct call *call, CK_ULONG value)
{
    unsigned char *place = claim(call, sizeof(uint64_t));
    if (place != NULL) {
        uint64_t wide = __builtin_bswap64(value);
        memcpy(place, &wide, sizeof wide);
    }
}

void put_bytes(struct call *call, const void *bytes, size_t length)
{
    unsigned char *place = claim(call, length);
    if (place != NULL && length != 0) {
        memcpy(place, bytes, length);
    }
}

void put_length_and_bytes(struct call *call, const void *bytes, CK_ULONG length, CK_RV if_bad)
{
    call_require(call, length < ROOM_MAX && (bytes != NULL || length == 0), if_bad);
    if (bytes == NULL) {
        put_u32(call, 0xffffffff);
    } else {
        put_u32(call, (uint32_t) length);
        put_bytes(call, bytes, length);
    }
}

void put_byte_array(struct call *call, const void *bytes, CK_ULONG length)
{
    put_byte(call, 1);
    put_length_and_bytes(call, bytes, length, CKR_ARGUMENTS_BAD);
}

void put_space_string(struct call *call, const void *bytes, size_t length)
{
    call_require(call, bytes != NULL, CKR_ARGUMENTS_BAD);
    put_length_and_bytes(call, bytes, length, CKR_ARGUMENTS_BAD);
}

static uint32_t announce(struct call *call, void *output, const CK_ULONG *room, size_t item)
{
    call_require(call, room != NULL, CKR_ARGUMENTS_BAD);
    if (call->rv != CKR_OK || output == NULL) {
        return 0;
    }
    call->output = output;
    call->room = *room > ROOM_MAX ? ROOM_MAX : *room;
    /* Callers may claim more room than anybody needs: a longer answer is fetched in a second step. */
    size_t bytes = call->room > PREPARED_MAX / item ? PREPARED_MAX : call->room * item;
    call->expected = ANSWER_OVERHEAD + bytes;
    return (uint32_t) call->room;
}

void put_byte_buffer(struct call *call, void *output, const CK_ULONG *length)
{
    uint32_t room = announce(call, output, length, 1);
    put_u32(call, output != NULL && room == 0 ? 0xffffffff : room);
}

void put_ulong_buffer(struct call *call, void *output, const CK_ULONG *count)
{
    put_u32(call, announce(call, output, count, sizeof(uint64_t)));
}
