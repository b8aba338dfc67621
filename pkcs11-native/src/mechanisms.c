// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "mechanisms.h"

#include <string.h>

#include "attributes.h"
#include "wiretables.h"

#define CANCEL 0xffffffff
/* A number beyond this is none, and is not followed into the caller's memory. */
#define COUNT_MAX ((CK_ULONG) 0xffff)

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

/* No nonce has more bytes; a larger length is one in bits (PKCS#11 3.2, CK_SALSA20_CHACHA20_POLY1305_PARAMS). */
#define LONGEST_NONCE 24

static void put_bits(struct call *call, const void *bytes, CK_ULONG bits)
{
    call_require(call, bits % 8 == 0, CKR_MECHANISM_PARAM_INVALID);
    put_length_and_bytes(call, bytes, bits / 8, CKR_MECHANISM_PARAM_INVALID);
}

static void put_nonce(struct call *call, const void *bytes, CK_ULONG length)
{
    put_bits(call, bytes, length > LONGEST_NONCE ? length : 8 * length);
}

/* No program has data below this address: a number that is less points nowhere. */
#define LOWEST_ADDRESS ((CK_ULONG) 0x400000)
/* Nor has it any from here on. */
#define HIGHEST_ADDRESS ((CK_ULONG) 1 << 52)

/*
 * PKCS#11 before 2.40 errata 01 had CK_PKCS5_PBKD2_PARAMS, of the same size as CK_PKCS5_PBKD2_PARAMS2, in which a pointer to
 * the length stood where the length is now; NSS and others still send it.
 */
static void put_password(struct call *call, const void *password, const unsigned char *place)
{
    CK_ULONG length = ulong_at(place);
    if (length >= LOWEST_ADDRESS) {
        call_require(call, length < HIGHEST_ADDRESS && length % sizeof length == 0, CKR_MECHANISM_PARAM_INVALID);
        length = call->rv == CKR_OK ? ulong_at(pointer_at(place)) : 0;
    }
    put_length_and_bytes(call, password, length, CKR_MECHANISM_PARAM_INVALID);
}

/* Type, bytes, little-endian, width, method of the length, handle: what the type does not have is empty. */
static void put_prf_field(struct call *call, const CK_PRF_DATA_PARAM *param)
{
    CK_SP800_108_DKM_LENGTH_FORMAT format = {0, 0, 0};
    CK_OBJECT_HANDLE key = 0;
    const void *bytes = NULL;
    CK_ULONG length = 0;
    if (param->type == CK_SP800_108_BYTE_ARRAY) {
        bytes = param->pValue;
        length = param->ulValueLen;
    } else if (param->type == CK_SP800_108_KEY_HANDLE) {
        call_require(call, param->pValue != NULL && param->ulValueLen == sizeof key, CKR_MECHANISM_PARAM_INVALID);
        if (call->rv == CKR_OK) {
            memcpy(&key, param->pValue, sizeof key);
        }
    } else if (param->type == CK_SP800_108_DKM_LENGTH) {
        call_require(call, param->pValue != NULL && param->ulValueLen == sizeof format, CKR_MECHANISM_PARAM_INVALID);
        if (call->rv == CKR_OK) {
            memcpy(&format, param->pValue, sizeof format);
        }
    } else if (param->pValue != NULL) {
        CK_SP800_108_COUNTER_FORMAT counter = {0, 0};
        call_require(call, param->ulValueLen == sizeof counter, CKR_MECHANISM_PARAM_INVALID);
        if (call->rv == CKR_OK) {
            memcpy(&counter, param->pValue, sizeof counter);
        }
        format.bLittleEndian = counter.bLittleEndian;
        format.ulWidthInBits = counter.ulWidthInBits;
    }
    put_ulong(call, param->type);
    put_length_and_bytes(call, bytes, length, CKR_MECHANISM_PARAM_INVALID);
    put_byte(call, format.bLittleEndian);
    put_ulong(call, format.ulWidthInBits);
    put_ulong(call, format.dkmLengthMethod);
    put_ulong(call, key);
}

static void put_prf_fields(struct call *call, const CK_PRF_DATA_PARAM *params, CK_ULONG count)
{
    call_require(call, count <= COUNT_MAX && (params != NULL || count == 0), CKR_MECHANISM_PARAM_INVALID);
    put_u32(call, (uint32_t) count);
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        put_prf_field(call, &params[i]);
    }
}

static void put_output_length(struct call *call, const void *output, const unsigned char *length)
{
    call_require(call, output != NULL && length != NULL, CKR_MECHANISM_PARAM_INVALID);
    put_ulong(call, call->rv == CKR_OK ? ulong_at(length) : 0);
}

static void put_struct(struct call *call, const struct layout *layout, const unsigned char *parameter);

static void put_structs(struct call *call, const struct layout *layout, const unsigned char *first, CK_ULONG count)
{
    call_require(call, count <= COUNT_MAX && (first != NULL || count == 0), CKR_MECHANISM_PARAM_INVALID);
    put_u32(call, (uint32_t) count);
    for (CK_ULONG i = 0; i < count && call->rv == CKR_OK; i++) {
        put_struct(call, layout, first + i * layout->size);
    }
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
        case FIELD_BITS:
            put_bits(call, pointer_at(place), ulong_at(parameter + field->length));
            break;
        case FIELD_NONCE:
            put_nonce(call, pointer_at(place), ulong_at(parameter + field->length));
            break;
        case FIELD_PASSWORD:
            put_password(call, pointer_at(place), parameter + field->length);
            break;
        case FIELD_EIGHT:
            put_length_and_bytes(call, pointer_at(place), field->length, CKR_MECHANISM_PARAM_INVALID);
            break;
        case FIELD_PRF_FIELDS:
            put_prf_fields(call, pointer_at(place), ulong_at(parameter + field->length));
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
        case FIELD_ARRAY:
            put_structs(call, field->nested, pointer_at(place), ulong_at(parameter + field->length));
            break;
        case FIELD_TEMPLATE:
            put_attribute_array(call, pointer_at(place), ulong_at(parameter + field->length));
            break;
        case FIELD_HANDLE_OUT:
        case FIELD_MATERIAL_OUT:
            call_require(call, pointer_at(place) != NULL, CKR_MECHANISM_PARAM_INVALID);
            break;
        case FIELD_FIXED_OUT:
            break;
        case FIELD_BYTES_OUT:
            put_output_length(call, pointer_at(place), pointer_at(parameter + field->length));
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

/* Bytes that the mechanism may leave out, and the caller may not want. */
static void get_output(struct call *call, unsigned char *place, CK_ULONG room)
{
    size_t length = 0;
    const void *bytes = get_length_and_bytes(call, &length);
    call_require(call, length == 0 || length == room, CKR_DEVICE_ERROR);
    if (call->rv == CKR_OK && place != NULL && length != 0) {
        memcpy(place, bytes, length);
    }
}

static void get_material(struct call *call, CK_SSL3_KEY_MAT_OUT *place, CK_ULONG iv_bits)
{
    CK_SSL3_KEY_MAT_OUT material;
    memcpy(&material, place, sizeof material);
    get_ulong(call, &material.hClientMacSecret);
    get_ulong(call, &material.hServerMacSecret);
    get_ulong(call, &material.hClientKey);
    get_ulong(call, &material.hServerKey);
    get_output(call, material.pIVClient, iv_bits / 8);
    get_output(call, material.pIVServer, iv_bits / 8);
    if (call->rv == CKR_OK) {
        memcpy(place, &material, sizeof material);
    }
}

/* The structure was sound when it was sent. */
static void get_struct(struct call *call, const struct layout *layout, const unsigned char *parameter)
{
    for (size_t i = 0; i < layout->count && call->rv == CKR_OK; i++) {
        const struct field *field = &layout->fields[i];
        const unsigned char *place = parameter + field->offset;
        if (field->kind == FIELD_HANDLE_OUT) {
            CK_ULONG handle = 0;
            get_ulong(call, &handle);
            if (call->rv == CKR_OK) {
                memcpy((void *) (uintptr_t) pointer_at(place), &handle, sizeof handle);
            }
        } else if (field->kind == FIELD_FIXED_OUT) {
            get_output(call, (unsigned char *) (uintptr_t) pointer_at(place), field->length);
        } else if (field->kind == FIELD_BYTES_OUT) {
            CK_ULONG room = ulong_at(pointer_at(parameter + field->length));
            get_output(call, (unsigned char *) (uintptr_t) pointer_at(place), room);
        } else if (field->kind == FIELD_MATERIAL_OUT) {
            get_material(call, (void *) (uintptr_t) pointer_at(place), ulong_at(parameter + field->length));
        } else if (field->kind == FIELD_ARRAY) {
            const unsigned char *first = pointer_at(place);
            CK_ULONG count = ulong_at(parameter + field->length);
            for (CK_ULONG j = 0; j < count; j++) {
                get_struct(call, field->nested, first + j * field->nested->size);
            }
        }
    }
}

bool parameter_takes_all(const CK_MECHANISM *mechanism)
{
    const struct layout *layout = mechanism == NULL ? &layout_none : mechanism_layout(mechanism->mechanism);
    for (size_t i = 0; i < layout->count; i++) {
        enum field_kind kind = layout->fields[i].kind;
        if (kind == FIELD_MATERIAL_OUT || kind == FIELD_BYTES_OUT) {
            return true;
        }
    }
    return false;
}

void get_derived(struct call *call, CK_OBJECT_HANDLE_PTR phKey)
{
    CK_OBJECT_HANDLE unwanted = 0;
    get_ulong(call, phKey == NULL ? &unwanted : phKey);
}

void get_parameter(struct call *call, const CK_MECHANISM *mechanism)
{
    bool given = call->rv == CKR_OK && mechanism != NULL;
    const struct layout *layout = given ? mechanism_layout(mechanism->mechanism) : &layout_none;
    if (given && get_byte(call) != 0) {
        call_require(call, layout->count != 0 && mechanism->pParameter != NULL, CKR_DEVICE_ERROR);
        if (call->rv == CKR_OK) {
            get_struct(call, layout, mechanism->pParameter);
        }
    }
}
