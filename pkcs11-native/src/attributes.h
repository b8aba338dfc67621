// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_ATTRIBUTES_H
#define FERROHSM_ATTRIBUTES_H

#include "call.h"

/* Templates within templates are followed so far. */
#define DEPTH_MAX 8

/* The largest type that the wire has room for; no object has this attribute. */
#define TYPE_MAX ((CK_ATTRIBUTE_TYPE) 0xffffffff)

/* The type as C_GetAttributeValue sends it. */
static inline uint32_t wire_type(CK_ATTRIBUTE_TYPE type)
{
    return (uint32_t) (type > TYPE_MAX ? TYPE_MAX : type);
}

/* A template as input. */
void put_attribute_array(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count);

/* A template as output: the types and how much room there is for each. */
void put_attribute_buffer(struct call *call, const CK_ATTRIBUTE *attributes, CK_ULONG count);

/* Fills in the template of put_attribute_buffer as C_GetAttributeValue has to; CKR_BUFFER_TOO_SMALL if one did not fit. */
void get_attribute_array(struct call *call, CK_ATTRIBUTE *attributes, CK_ULONG count);

#endif
