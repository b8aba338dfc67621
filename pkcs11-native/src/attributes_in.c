// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "attributes.h"
#include "wiretables.h"

/* Templates have a few dozen attributes: a count beyond this is no count, and is not followed into the caller's memory. */
#define COUNT_MAX ((CK_ULONG) 0xffff)
#define LENGTH_MAX ((CK_ULONG) 0x7fffffff)

static void put_attributes(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count, int depth);

static void put_ulongs(struct call *call, const unsigned char *values, CK_ULONG count)
{
    put_u32(call, (uint32_t) count);
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        CK_ULONG value;
        memcpy(&value, values + i * sizeof value, sizeof value);
        put_ulong(call, value);
    }
}

/* Whether a value of this kind can have this length; 0 is left to the other side, which knows what it means. */
static bool length_possible(enum attribute_kind kind, CK_ULONG length)
{
    switch (kind) {
    case KIND_BYTE:
        return length <= 1;
    case KIND_ULONG:
        return length == 0 || length == sizeof(CK_ULONG);
    case KIND_DATE:
        return length == 0 || length == sizeof(CK_DATE);
    case KIND_MECHANISM_TYPE_ARRAY:
        return length % sizeof(CK_MECHANISM_TYPE) == 0;
    case KIND_ATTRIBUTE_ARRAY:
        return length % sizeof(CK_ATTRIBUTE) == 0;
    case KIND_BYTE_ARRAY:
        break;
    }
    return true;
}

static void put_value(struct call *call, enum attribute_kind kind, const void *value, CK_ULONG length, int depth)
{
    CK_ULONG number = 0;
    switch (kind) {
    case KIND_BYTE:
        put_byte(call, length == 0 ? 0 : *(const CK_BYTE *) value);
        break;
    case KIND_ULONG:
        if (length != 0) {
            memcpy(&number, value, sizeof number);
        }
        put_ulong(call, number);
        break;
    case KIND_DATE:
        put_length_and_bytes(call, length == 0 ? NULL : value, length, CKR_ATTRIBUTE_VALUE_INVALID);
        break;
    case KIND_MECHANISM_TYPE_ARRAY:
        put_ulongs(call, value, length / sizeof(CK_MECHANISM_TYPE));
        break;
    case KIND_ATTRIBUTE_ARRAY:
        put_attributes(call, value, length / sizeof(CK_ATTRIBUTE), depth + 1);
        break;
    case KIND_BYTE_ARRAY:
        put_length_and_bytes(call, value, length, CKR_ATTRIBUTE_VALUE_INVALID);
        break;
    }
}

static void put_attribute(struct call *call, const CK_ATTRIBUTE *attribute, int depth)
{
    enum attribute_kind kind = attribute_kind(attribute->type);
    CK_ULONG length = attribute->ulValueLen;
    call_require(call, attribute->type <= TYPE_MAX, CKR_ATTRIBUTE_TYPE_INVALID);
    call_require(call, length < LENGTH_MAX && (attribute->pValue != NULL || length == 0), CKR_ARGUMENTS_BAD);
    call_require(call, length_possible(kind, length), CKR_ATTRIBUTE_VALUE_INVALID);
    if (call->rv != CKR_OK) {
        return;
    }
    put_u32(call, (uint32_t) attribute->type);
    put_byte(call, 1);
    put_u32(call, (uint32_t) length);
    put_value(call, kind, attribute->pValue, length, depth);
}

static void put_attributes(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count, int depth)
{
    call_require(call, depth <= DEPTH_MAX, CKR_ATTRIBUTE_VALUE_INVALID);
    call_require(call, count <= COUNT_MAX && (attributes != NULL || count == 0), CKR_ARGUMENTS_BAD);
    put_u32(call, (uint32_t) count);
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        put_attribute(call, &attributes[i], depth);
    }
}

void put_attribute_array(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count)
{
    put_attributes(call, attributes, count, 0);
}

static void put_rooms(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count, int depth)
{
    call_require(call, depth <= DEPTH_MAX, CKR_ATTRIBUTE_VALUE_INVALID);
    call_require(call, count <= COUNT_MAX && (attributes != NULL || count == 0), CKR_ARGUMENTS_BAD);
    put_u32(call, (uint32_t) count);
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        const CK_ATTRIBUTE *attribute = &attributes[i];
        CK_ULONG room = attribute->pValue == NULL ? 0 : attribute->ulValueLen;
        /* What a failed call left behind is no length: nobody has a buffer of that size. */
        call_require(call, room != CK_UNAVAILABLE_INFORMATION, CKR_ARGUMENTS_BAD);
        put_u32(call, wire_type(attribute->type));
        put_u32(call, room > LENGTH_MAX ? (uint32_t) LENGTH_MAX : (uint32_t) room);
        if (room != 0 && attribute_kind(attribute->type) == KIND_ATTRIBUTE_ARRAY) {
            put_rooms(call, attribute->pValue, room / sizeof(CK_ATTRIBUTE), depth + 1);
        }
    }
}

void put_attribute_buffer(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count)
{
    put_rooms(call, attributes, count, 0);
}
