// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "attributes.h"
#include "wiretables.h"

static void get_attribute(struct call *call, CK_ATTRIBUTE *attribute, bool *too_small, int depth);

/* Copies a value of `length` bytes if the caller has a place for it, else skips it. */
static void take(struct call *call, void *place, const void *bytes, size_t got, CK_ULONG length)
{
    if (place != NULL && length != 0) {
        call_require(call, bytes != NULL && got == length, CKR_DEVICE_ERROR);
        if (call->rv == CKR_OK) {
            memcpy(place, bytes, length);
        }
    }
}

static void get_ulongs(struct call *call, unsigned char *place, CK_ULONG length)
{
    uint32_t count = get_u32(call);
    call_require(call, place == NULL || count == length / sizeof(CK_ULONG), CKR_DEVICE_ERROR);
    for (uint32_t i = 0; i < count && call->rv == CKR_OK; i++) {
        CK_ULONG value = 0;
        get_ulong(call, &value);
        if (place != NULL) {
            memcpy(place + i * sizeof value, &value, sizeof value);
        }
    }
}

static void get_nested(struct call *call, CK_ATTRIBUTE *place, CK_ULONG length, bool *too_small, int depth)
{
    uint32_t count = get_u32(call);
    call_require(call, place == NULL || count == length / sizeof(CK_ATTRIBUTE), CKR_DEVICE_ERROR);
    call_require(call, depth <= DEPTH_MAX, CKR_DEVICE_ERROR);
    for (uint32_t i = 0; i < count && call->rv == CKR_OK; i++) {
        get_attribute(call, place == NULL ? NULL : &place[i], too_small, depth);
    }
}

/* `place` is NULL where the value is not wanted or does not fit. */
static void get_value(
    struct call *call, enum attribute_kind kind, void *place, CK_ULONG length, bool *too_small, int depth)
{
    size_t got = 0;
    const void *bytes = NULL;
    CK_ULONG number = 0;
    CK_BYTE byte = 0;
    switch (kind) {
    case KIND_BYTE:
        byte = get_byte(call);
        take(call, place, &byte, sizeof byte, length);
        break;
    case KIND_ULONG:
        get_ulong(call, &number);
        take(call, place, &number, sizeof number, length);
        break;
    case KIND_MECHANISM_TYPE_ARRAY:
        get_ulongs(call, place, length);
        break;
    case KIND_ATTRIBUTE_ARRAY:
        get_nested(call, place, length, too_small, depth + 1);
        break;
    case KIND_DATE:
    case KIND_BYTE_ARRAY:
        bytes = get_length_and_bytes(call, &got);
        take(call, place, bytes, got, length);
        break;
    }
}

/*
 * The five cases of C_GetAttributeValue: not to be had, not there, length wanted, fits, does not fit. A nested attribute gets its
 * type from the answer; one of the caller's own template must match it. `attribute` is NULL where the answer is skipped.
 */
static void get_attribute(struct call *call, CK_ATTRIBUTE *attribute, bool *too_small, int depth)
{
    uint32_t type = get_u32(call);
    bool present = get_byte(call) != 0;
    CK_ULONG length = present ? get_u32(call) : CK_UNAVAILABLE_INFORMATION;
    bool followed = attribute != NULL && attribute_kind(attribute->type) == KIND_ATTRIBUTE_ARRAY;
    if (attribute != NULL && depth > 0) {
        attribute->type = type;
    } else if (attribute != NULL) {
        call_require(call, wire_type(attribute->type) == type, CKR_DEVICE_ERROR);
    }
    if (call->rv != CKR_OK) {
        return;
    }
    void *place = NULL;
    if (attribute != NULL) {
        bool fits = !present || attribute->pValue == NULL || length <= attribute->ulValueLen;
        place = present && fits ? attribute->pValue : NULL;
        /* What the caller did not call a template holds bytes, which are no pointers to follow, whatever the other side says. */
        call_require(call, place == NULL || followed || attribute_kind(type) != KIND_ATTRIBUTE_ARRAY, CKR_DEVICE_ERROR);
        attribute->ulValueLen = fits ? length : CK_UNAVAILABLE_INFORMATION;
        *too_small |= !fits;
    }
    if (present) {
        get_value(call, attribute_kind(type), place, length, too_small, depth);
    }
}

void get_attribute_array(struct call *call, CK_ATTRIBUTE *attributes, CK_ULONG count)
{
    uint32_t number = get_u32(call);
    call_require(call, number == count, CKR_DEVICE_ERROR);
    bool too_small = false;
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        get_attribute(call, &attributes[i], &too_small, 0);
    }
    CK_ULONG rv = CKR_OK;
    get_ulong(call, &rv);
    call_require(call, call->at == call->end, CKR_DEVICE_ERROR);
    call_require(call, rv == CKR_OK, rv);
    call_require(call, !too_small, CKR_BUFFER_TOO_SMALL);
}
