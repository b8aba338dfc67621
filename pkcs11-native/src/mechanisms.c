// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "mechanisms.h"

#include <string.h>

#include "wiretables.h"

#define CANCEL 0xffffffff

/* The caller's struct may lie at any address. */
static CK_ULONG ulong_at(const unsigned char *place)
{
    CK_ULONG value;
    memcpy(&value, place, sizeof value);
    return value;
}

static const void *pointer_at(const unsigned char *place)
{
    const void *value;
    memcpy(&value, place, sizeof value);
    return value;
}

static void put_struct(struct call *call, const struct layout *layout, const unsigned char *parameter)
{
    for (size_t i = 0; i < layout->count && call->rv == CKR_OK; i++) {
        const struct field *field = &layout->fields[i];
        const unsigned char *place = parameter + field->offset;
        switch (field->kind) {
        case FIELD_ULONG:
            put_ulong(call, ulong_at(place));
            break;
        case FIELD_BYTE:
            put_byte(call, *place);
            break;
        case FIELD_BYTES:
            put_length_and_bytes(
                call, pointer_at(place), ulong_at(parameter + field->length), CKR_MECHANISM_PARAM_INVALID);
            break;
        case FIELD_FIXED:
            put_length_and_bytes(call, place, field->length, CKR_MECHANISM_PARAM_INVALID);
            break;
        case FIELD_STRUCT:
            if (pointer_at(place) == NULL) {
                call->rv = CKR_MECHANISM_PARAM_INVALID;
            } else {
                put_struct(call, field->nested, pointer_at(place));
            }
            break;
        }
    }
}

static void put_parameter(struct call *call, const struct layout *layout, const CK_MECHANISM *mechanism)
{
    const void *parameter = mechanism->pParameter;
    CK_ULONG length = mechanism->ulParameterLen;
    if (layout == &layout_none) {
        call_require(call, length == 0, CKR_MECHANISM_PARAM_INVALID);
    } else if (parameter == NULL && length == 0) {
        put_byte(call, 0);
    } else if (layout == &layout_bytes) {
        put_byte(call, 1);
        put_length_and_bytes(call, parameter, length, CKR_MECHANISM_PARAM_INVALID);
    } else {
        put_byte(call, 1);
        call_require(call, parameter != NULL && length == layout->size, CKR_MECHANISM_PARAM_INVALID);
        put_struct(call, layout, parameter);
    }
}

void put_mechanism_or_cancel(struct call *call, const CK_MECHANISM *mechanism)
{
    if (mechanism == NULL) {
        put_u32(call, CANCEL);
        return;
    }
    call_require(call, mechanism->mechanism < CANCEL, CKR_MECHANISM_INVALID);
    put_u32(call, (uint32_t) mechanism->mechanism);
    put_parameter(call, mechanism_layout(mechanism->mechanism), mechanism);
}

void put_mechanism(struct call *call, const CK_MECHANISM *mechanism)
{
    call_require(call, mechanism != NULL, CKR_ARGUMENTS_BAD);
    put_mechanism_or_cancel(call, mechanism);
}
