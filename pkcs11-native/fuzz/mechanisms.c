// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Parameters of mechanisms, filled in as their layouts say. */
#include <string.h>

#include "fuzzcalls.h"
#include "hostile.h"
#include "wiretables.h"

#define LONGEST_NONCE 24

static void fill(struct input *in, const struct layout *layout, unsigned char *place);

static void set_pointer(unsigned char *place, const void *value)
{
    memcpy(place, &value, sizeof value);
}

static void set_ulong(unsigned char *place, CK_ULONG value)
{
    memcpy(place, &value, sizeof value);
}

/* Bytes whose length is told in bits, or in bytes where it is a nonce's and small. */
static void fill_bits(struct input *in, unsigned char *pointer, unsigned char *length, bool nonce)
{
    CK_ULONG number = input_ulong(in);
    CK_ULONG size = nonce && number <= LONGEST_NONCE ? number : number / 8;
    bool there = size < 4096;
    void *block = there || number / 8 >= 0x7fffffff ? input_memory(there ? size : 0) : NULL;
    if (there) {
        input_copy(in, block, size);
    }
    set_pointer(pointer, block);
    set_ulong(length, number);
}

/* A pointer to a length. */
static void set_told(unsigned char *place, CK_ULONG length)
{
    CK_ULONG *told = input_memory(sizeof *told);
    *told = length;
    set_pointer(place, told);
}

/* The length, or a pointer to it, which older callers bring: only what is no address can be told apart from one. */
static void fill_password(struct input *in, unsigned char *pointer, unsigned char *length)
{
    CK_ULONG size = 0;
    set_pointer(pointer, hostile_bytes(in, &size));
    if (size < 4096 && input_byte(in) % 2 == 0) {
        set_ulong(length, size);
    } else {
        set_told(length, size);
    }
}

/* Where bytes come back. */
static void fill_bytes_out(struct input *in, unsigned char *pointer, unsigned char *length)
{
    CK_ULONG size = input_byte(in);
    set_pointer(pointer, hostile_place(in, size));
    if (input_byte(in) % 8 == 1) {
        set_pointer(length, NULL);
    } else {
        set_told(length, size);
    }
}

/* The bits of the IVs have been filled in before: the buffers have to be as long. */
static void fill_material_out(struct input *in, unsigned char *pointer, unsigned char *iv_bits)
{
    CK_SSL3_KEY_MAT_OUT *material = hostile_place(in, sizeof *material);
    CK_ULONG bits;
    memcpy(&bits, iv_bits, sizeof bits);
    set_ulong(iv_bits, bits % 4096);
    set_pointer(pointer, material);
    if (material != NULL) {
        material->pIVClient = hostile_place(in, bits % 4096 / 8);
        material->pIVServer = hostile_place(in, bits % 4096 / 8);
    }
}

static void fill_prf_fields(struct input *in, unsigned char *pointer, unsigned char *length)
{
    CK_BYTE form = input_byte(in);
    CK_ULONG count = form % 5;
    if (form >= 0xf0) {
        set_pointer(pointer, form % 2 == 0 ? NULL : input_memory(0));
        set_ulong(length, input_ulong(in) | 0x10000);
        return;
    }
    CK_PRF_DATA_PARAM *params = input_memory(count * sizeof *params);
    for (CK_ULONG i = 0; i < count; i++) {
        params[i].type = input_ulong(in);
        params[i].pValue = hostile_bytes(in, &params[i].ulValueLen);
    }
    set_pointer(pointer, params);
    set_ulong(length, count);
}

static void fill_structs(struct input *in, const struct layout *layout, unsigned char *pointer, unsigned char *length)
{
    CK_BYTE form = input_byte(in);
    CK_ULONG count = form % 4;
    if (form >= 0xf0) {
        set_pointer(pointer, form % 2 == 0 ? NULL : input_memory(0));
        set_ulong(length, input_ulong(in) | 0x10000);
        return;
    }
    unsigned char *first = input_memory(count * layout->size);
    for (CK_ULONG i = 0; i < count; i++) {
        fill(in, layout, first + i * layout->size);
    }
    set_pointer(pointer, first);
    set_ulong(length, count);
}

static void fill(struct input *in, const struct layout *layout, unsigned char *place)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct field *field = &layout->fields[i];
        unsigned char *at = place + field->offset;
        CK_ULONG length = 0;
        void *nested;
        switch (field->kind) {
        case FIELD_ULONG:
            set_ulong(at, input_ulong(in));
            break;
        case FIELD_BYTE:
            *at = input_byte(in);
            break;
        case FIELD_BYTES:
            set_pointer(at, hostile_bytes(in, &length));
            set_ulong(place + field->length, length);
            break;
        case FIELD_BITS:
        case FIELD_NONCE:
            fill_bits(in, at, place + field->length, field->kind == FIELD_NONCE);
            break;
        case FIELD_PASSWORD:
            fill_password(in, at, place + field->length);
            break;
        case FIELD_EIGHT:
            set_pointer(at, hostile_place(in, field->length));
            break;
        case FIELD_PRF_FIELDS:
            fill_prf_fields(in, at, place + field->length);
            break;
        case FIELD_FIXED:
            input_copy(in, at, field->length);
            break;
        case FIELD_STRUCT:
            nested = hostile_place(in, field->nested->size);
            if (nested != NULL) {
                fill(in, field->nested, nested);
            }
            set_pointer(at, nested);
            break;
        case FIELD_ARRAY:
            fill_structs(in, field->nested, at, place + field->length);
            break;
        case FIELD_TEMPLATE:
            set_pointer(at, hostile_template(in, &length));
            set_ulong(place + field->length, length);
            break;
        case FIELD_HANDLE_OUT:
            set_pointer(at, hostile_place(in, sizeof(CK_OBJECT_HANDLE)));
            break;
        case FIELD_FIXED_OUT:
            set_pointer(at, hostile_place(in, field->length));
            break;
        case FIELD_BYTES_OUT:
            fill_bytes_out(in, at, place + field->length);
            break;
        case FIELD_MATERIAL_OUT:
            fill_material_out(in, at, place + field->length);
            break;
        }
    }
}

static CK_ULONG bits_of(struct input *in, CK_BYTE **tag)
{
    CK_ULONG bits = input_ulong(in);
    *tag = bits > 4096 || input_byte(in) % 8 == 1 ? NULL : input_memory((bits + 7) / 8);
    return bits;
}

/* Bytes of a structure's size would be followed as one. */
static void *unknown_bytes(struct input *in, CK_ULONG *length)
{
    void *bytes = hostile_bytes(in, length);
    bool like_one = *length == sizeof(CK_GCM_MESSAGE_PARAMS) || *length == sizeof(CK_CCM_MESSAGE_PARAMS)
        || *length == sizeof(CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS);
    *length -= like_one ? 1 : 0;
    return bytes;
}

void *hostile_message_parameter(struct input *in, CK_ULONG *length)
{
    CK_GCM_MESSAGE_PARAMS *gcm;
    CK_CCM_MESSAGE_PARAMS *ccm;
    CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS *chacha;
    CK_BYTE form = input_byte(in) % 4;
    CK_ULONG nonce;
    switch (form) {
    case 0:
        *length = sizeof *gcm;
        gcm = input_memory(sizeof *gcm);
        gcm->pIv = hostile_bytes(in, &gcm->ulIvLen);
        gcm->ulIvFixedBits = input_ulong(in);
        gcm->ivGenerator = input_ulong(in);
        gcm->ulTagBits = bits_of(in, &gcm->pTag);
        return gcm;
    case 1:
        *length = sizeof *ccm;
        ccm = input_memory(sizeof *ccm);
        ccm->ulDataLen = input_ulong(in);
        ccm->pNonce = hostile_bytes(in, &ccm->ulNonceLen);
        ccm->ulNonceFixedBits = input_ulong(in);
        ccm->nonceGenerator = input_ulong(in);
        ccm->pMAC = hostile_bytes(in, &ccm->ulMACLen);
        return ccm;
    case 2:
        *length = sizeof *chacha;
        chacha = input_memory(sizeof *chacha);
        fill_bits(in, (unsigned char *) &chacha->pNonce, (unsigned char *) &nonce, true);
        chacha->ulNonceLen = nonce;
        chacha->pTag = hostile_place(in, 16);
        return chacha;
    default:
        return unknown_bytes(in, length);
    }
}

CK_MECHANISM *hostile_mechanism(struct input *in, bool message)
{
    CK_BYTE form = input_byte(in);
    if (form == 0xff) {
        return NULL;
    }
    CK_MECHANISM *mechanism = input_memory(sizeof *mechanism);
    mechanism->mechanism =
        form >= 0xf0 ? input_ulong(in) : fuzz_mechanisms[((size_t) form << 8 | input_byte(in)) % fuzz_mechanism_count];
    const struct layout *layout = mechanism_layout(mechanism->mechanism);
    if (message) {
        mechanism->pParameter = hostile_message_parameter(in, &mechanism->ulParameterLen);
    } else if (layout->size == 0 || form % 16 == 1) {
        mechanism->pParameter = hostile_bytes(in, &mechanism->ulParameterLen);
        /* Bytes of a structure's size would be followed as one. */
        if (layout->size != 0 && mechanism->ulParameterLen == layout->size) {
            mechanism->ulParameterLen--;
        }
    } else {
        mechanism->pParameter = input_memory(layout->size);
        mechanism->ulParameterLen = layout->size;
        fill(in, layout, mechanism->pParameter);
    }
    return mechanism;
}
