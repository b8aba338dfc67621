// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "hostile.h"

#include <string.h>

#include "fake.h"

#define LONGEST 300
/* From here on a length is one that no message has room for. */
#define BEYOND ((CK_ULONG) 0x7fffffff)
/* One more than the library follows. */
#define DEEPEST 10

static CK_ULONG short_length(struct input *in)
{
    CK_ULONG length = input_ulong(in);
    return length < LONGEST ? length : length % LONGEST;
}

void *hostile_block(struct input *in, CK_ULONG *length)
{
    *length = short_length(in);
    void *block = input_memory(*length);
    input_copy(in, block, *length);
    return block;
}

void *hostile_bytes(struct input *in, CK_ULONG *length)
{
    switch (input_byte(in) % 8) {
    case 0:
        *length = 0;
        return NULL;
    case 1:
        *length = input_ulong(in);
        return NULL;
    case 2:
        *length = input_ulong(in) | BEYOND;
        return input_memory(0);
    default:
        return hostile_block(in, length);
    }
}

void *hostile_ulongs(struct input *in, CK_ULONG *count)
{
    *count = short_length(in);
    return input_memory(*count * sizeof(CK_ULONG));
}

CK_ULONG *hostile_room(struct input *in, void **buffer, size_t item)
{
    CK_BYTE form = input_byte(in);
    CK_ULONG *room = form % 16 == 0 ? NULL : input_memory(sizeof *room);
    *buffer = NULL;
    if (room != NULL && form % 4 == 1) {
        *room = input_ulong(in);
    } else if (room != NULL) {
        *room = short_length(in);
        *buffer = input_memory(*room * item);
    }
    return room;
}

void *hostile_place(struct input *in, size_t size)
{
    return input_byte(in) % 8 == 1 ? NULL : input_memory(size);
}

void *hostile_text(struct input *in)
{
    if (input_byte(in) % 8 == 1) {
        return NULL;
    }
    CK_BYTE *text = input_memory(33);
    input_copy(in, text, 32);
    return text;
}

static CK_ATTRIBUTE_TYPE attribute_type(struct input *in)
{
    static const CK_ATTRIBUTE_TYPE types[] = {CKA_CLASS, CKA_TOKEN, CKA_LABEL, CKA_VALUE, CKA_START_DATE, CKA_END_DATE,
        CKA_ALLOWED_MECHANISMS, CKA_WRAP_TEMPLATE, CKA_UNWRAP_TEMPLATE, CKA_DERIVE_TEMPLATE, CKA_MODULUS_BITS, CKA_VALUE_LEN,
        CKA_PARAMETER_SET, CKA_SENSITIVE};
    CK_BYTE choice = input_byte(in);
    return choice < 0xf0 ? types[choice % (sizeof types / sizeof types[0])] : input_ulong(in);
}

static bool is_template(CK_ATTRIBUTE_TYPE type)
{
    return type == CKA_WRAP_TEMPLATE || type == CKA_UNWRAP_TEMPLATE || type == CKA_DERIVE_TEMPLATE;
}

/* The length of a value, as its type mostly has it. */
static void *value(struct input *in, CK_ULONG *length, bool writable)
{
    CK_BYTE form = input_byte(in);
    if (form % 4 == 0) {
        *length = form % 8 == 0 ? sizeof(CK_ULONG) : 1;
        void *block = input_memory(*length);
        input_copy(in, block, *length);
        return block;
    }
    if (writable) {
        void *block = hostile_block(in, length);
        return form % 4 == 1 ? NULL : block;
    }
    return hostile_bytes(in, length);
}

static CK_ATTRIBUTE *attributes(struct input *in, CK_ULONG *count, int depth, bool writable)
{
    CK_BYTE form = input_byte(in);
    if (form >= 0xf0) {
        *count = form % 2 == 0 ? input_ulong(in) | 0x10000 : input_ulong(in);
        return form % 2 == 0 ? input_memory(0) : NULL;
    }
    *count = form % 4;
    CK_ATTRIBUTE *list = input_memory(*count * sizeof *list);
    for (CK_ULONG i = 0; i < *count; i++) {
        list[i].type = attribute_type(in);
        if (is_template(list[i].type) && depth < DEEPEST && input_byte(in) % 8 != 0) {
            CK_ULONG inner;
            list[i].pValue = attributes(in, &inner, depth + 1, writable);
            list[i].ulValueLen = inner * sizeof *list;
        } else if (is_template(list[i].type)) {
            /* Bytes are no attributes: the library must not follow them as such. */
            list[i].ulValueLen = short_length(in) % sizeof *list;
            list[i].pValue = input_memory(list[i].ulValueLen);
        } else {
            list[i].pValue = value(in, &list[i].ulValueLen, writable);
        }
    }
    return list;
}

CK_ATTRIBUTE *hostile_template(struct input *in, CK_ULONG *count)
{
    return attributes(in, count, 0, false);
}

CK_ATTRIBUTE *hostile_rooms(struct input *in, CK_ULONG *count)
{
    return attributes(in, count, 0, true);
}

static void put32(size_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8) {
        fake.answer[fake.answer_length++] = (unsigned char) (value >> shift);
    }
}

void hostile_answer(struct input *in, unsigned id, const char *signature)
{
    fake.answer_length = 0;
    if (!hostile_answers) {
        return;
    }
    CK_BYTE form = input_byte(in);
    size_t length = (size_t) input_byte(in) << 8;
    length |= input_byte(in);
    if (form < 0xf0) {
        put32(id);
        put32(strlen(signature));
        memcpy(fake.answer + fake.answer_length, signature, strlen(signature));
        fake.answer_length += strlen(signature);
    }
    fake.answer_length += input_copy(in, fake.answer + fake.answer_length, length);
}
