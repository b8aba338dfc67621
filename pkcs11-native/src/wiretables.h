// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_WIRETABLES_H
#define FERROHSM_WIRETABLES_H

#include <stddef.h>

#include "ck.h"

/* attributes.def and mechanisms.def, generated into wiretables.c. */

enum attribute_kind {
    KIND_BYTE_ARRAY,
    KIND_BYTE,
    KIND_ULONG,
    KIND_DATE,
    KIND_MECHANISM_TYPE_ARRAY,
    KIND_ATTRIBUTE_ARRAY
};

enum attribute_kind attribute_kind(CK_ATTRIBUTE_TYPE type);

enum field_kind {
    FIELD_ULONG,
    FIELD_BYTE,
    FIELD_BYTES,  /* a pointer at `offset`, its length at `length` */
    FIELD_BITS,       /* a pointer at `offset`, its length in bits at `length` */
    FIELD_NONCE,      /* a pointer at `offset`, its length in bytes or bits at `length` */
    FIELD_PASSWORD,   /* a pointer at `offset`, its length or a pointer to its length at `length` */
    FIELD_EIGHT,      /* a pointer at `offset` to eight bytes */
    FIELD_PRF_FIELDS, /* a pointer at `offset` to as many CK_PRF_DATA_PARAM as `length` says */
    FIELD_FIXED,  /* `length` bytes at `offset` */
    FIELD_STRUCT, /* a pointer at `offset` to a struct that `nested` describes */
    FIELD_ARRAY,  /* a pointer at `offset` to such structs, the number of them at `length` */
    FIELD_TEMPLATE,  /* a pointer at `offset` to attributes, the number of them at `length` */
    FIELD_HANDLE_OUT, /* a pointer at `offset` to a handle that comes back */
    FIELD_FIXED_OUT,  /* a pointer at `offset` to `length` bytes that come back */
    FIELD_BYTES_OUT,  /* a pointer at `offset` to bytes that come back, a pointer to their number at `length` */
    FIELD_MATERIAL_OUT /* a pointer at `offset` to a CK_SSL3_KEY_MAT_OUT that comes back, the bits of an IV at `length` */
};

struct layout;

struct field {
    enum field_kind kind;
    size_t offset;
    size_t length;
    const struct layout *nested;
};

/* A mechanism parameter: a struct of `size` bytes. */
struct layout {
    size_t size;
    size_t count;
    const struct field *fields;
};

/* The layouts of a mechanism that takes no parameter, and of one whose parameter is plain bytes. */
extern const struct layout layout_none;
extern const struct layout layout_bytes;

const struct layout *mechanism_layout(CK_MECHANISM_TYPE type);

#endif
