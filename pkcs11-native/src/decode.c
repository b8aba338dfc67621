// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "call.h"

const unsigned char *get_bytes(struct call *call, size_t length)
{
    if (call->rv != CKR_OK) {
        return NULL;
    }
    if (length > call->end - call->at) {
        call->rv = CKR_DEVICE_ERROR;
        return NULL;
    }
    const unsigned char *place = call->message->data + call->at;
    call->at += length;
    return place;
}

CK_BYTE get_byte(struct call *call)
{
    const unsigned char *place = get_bytes(call, 1);
    return place == NULL ? 0 : *place;
}

uint32_t get_u32(struct call *call)
{
    uint32_t value = 0;
    const unsigned char *place = get_bytes(call, sizeof value);
    if (place != NULL) {
        memcpy(&value, place, sizeof value);
    }
    return __builtin_bswap32(value);
}

void get_ulong(struct call *call, CK_ULONG *value)
{
    const unsigned char *place = get_bytes(call, sizeof(uint64_t));
    if (place != NULL) {
        uint64_t wide;
        memcpy(&wide, place, sizeof wide);
        *value = __builtin_bswap64(wide);
    }
}

void get_version(struct call *call, CK_VERSION *version)
{
    version->major = get_byte(call);
    version->minor = get_byte(call);
}

const unsigned char *get_length_and_bytes(struct call *call, size_t *length)
{
    uint32_t wire = get_u32(call);
    *length = 0;
    if (call->rv != CKR_OK || wire == 0xffffffff) {
        return NULL;
    }
    const unsigned char *place = get_bytes(call, wire);
    if (place != NULL) {
        *length = wire;
    }
    return place;
}

void get_space_string(struct call *call, CK_UTF8CHAR *string, size_t length)
{
    size_t got;
    const unsigned char *place = get_length_and_bytes(call, &got);
    call_require(call, place != NULL && got == length, CKR_DEVICE_ERROR);
    if (call->rv == CKR_OK) {
        memcpy(string, place, length);
    }
}

/* Reports how many there are; true if there are values to copy and the caller wants them. */
static bool fits(struct call *call, bool values, CK_ULONG count, CK_ULONG *reported)
{
    if (call->rv != CKR_OK) {
        return false;
    }
    *reported = count;
    if (call->output == NULL) {
        return false;
    }
    call_require(call, count <= call->room, CKR_BUFFER_TOO_SMALL);
    call_require(call, values || count == 0, CKR_DEVICE_ERROR);
    return call->rv == CKR_OK;
}

void get_byte_array(struct call *call, CK_ULONG *length)
{
    bool values = get_byte(call) != 0;
    size_t count;
    const unsigned char *bytes = NULL;
    if (values) {
        bytes = get_length_and_bytes(call, &count);
    } else {
        count = get_u32(call);
    }
    if (fits(call, values, count, length) && count != 0) {
        memcpy(call->output, bytes, count);
    }
}

void get_ulong_array(struct call *call, CK_ULONG *count)
{
    bool values = get_byte(call) != 0;
    CK_ULONG number = get_u32(call);
    const unsigned char *bytes = values ? get_bytes(call, number * sizeof(uint64_t)) : NULL;
    if (fits(call, values, number, count)) {
        CK_ULONG *output = call->output;
        for (CK_ULONG i = 0; i < number; i++) {
            uint64_t wide;
            memcpy(&wide, bytes + i * sizeof wide, sizeof wide);
            output[i] = __builtin_bswap64(wide);
        }
    }
}
