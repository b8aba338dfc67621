// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "fake.h"
#include "functions.h"

#define NONE CK_UNAVAILABLE_INFORMATION

static CK_BYTE bytes[64] = {1, 2, 3, 4};
static CK_OBJECT_HANDLE handle;

static CK_RV create(CK_ATTRIBUTE_TYPE type, void *value, CK_ULONG length)
{
    CK_ATTRIBUTE attribute = {type, value, length};
    fake_answer(CALL_C_CreateObject, "u", "0000000000000001");
    return C_CreateObject(5, &attribute, 1, &handle);
}

static void values_are_written_as_their_kind(void)
{
    CK_ULONG class = CKO_SECRET_KEY;
    CHECK_RV(create(CKA_CLASS, &class, sizeof class), CKR_OK);
    CHECK(handle == 1 && fake_requested("0000000000000005 00000001 00000000 01 00000008 0000000000000004"));
    CHECK_RV(create(CKA_TOKEN, bytes, 1), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000001 01 00000001 01"));
    CHECK_RV(create(CKA_VALUE, bytes, 3), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000011 01 00000003 00000003 010203"));
    CHECK_RV(create(CKA_ALLOWED_MECHANISMS, &class, sizeof class), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 40000600 01 00000008 00000001 0000000000000004"));
    CHECK_RV(create(CKA_START_DATE, "20261130", 8), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000110 01 00000008 00000008 3230323631313330"));
}

static void an_attribute_that_p11_kit_does_not_know_keeps_the_hosts_layout(void)
{
    CK_ULONG set = CKP_ML_DSA_65;
    CHECK_RV(create(CKA_PARAMETER_SET, &set, sizeof set), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 0000061d 01 00000008 00000008 0200000000000000"));
}

static void empty_values_reach_the_other_side_as_empty(void)
{
    CHECK_RV(create(CKA_CLASS, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000000 01 00000000 0000000000000000"));
    CHECK_RV(create(CKA_TOKEN, bytes, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000001 01 00000000 00"));
    CHECK_RV(create(CKA_LABEL, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000003 01 00000000 ffffffff"));
    CHECK_RV(create(CKA_LABEL, bytes, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000003 01 00000000 00000000"));
    CHECK_RV(create(CKA_END_DATE, bytes, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 00000111 01 00000000 ffffffff"));
    CHECK_RV(create(CKA_WRAP_TEMPLATE, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 40000211 01 00000000 00000000"));
}

static void templates_within_templates_are_followed(void)
{
    CK_BBOOL yes = CK_TRUE;
    CK_ATTRIBUTE inner[] = {{CKA_SENSITIVE, &yes, 1}, {CKA_LABEL, "ab", 2}};
    CHECK_RV(create(CKA_UNWRAP_TEMPLATE, inner, sizeof inner), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000001 40000212 01 00000030 00000002"
                         "00000103 01 00000001 01 00000003 01 00000002 00000002 6162"));
}

static void a_template_that_contains_itself_is_refused(void)
{
    CK_ATTRIBUTE attribute = {CKA_WRAP_TEMPLATE, NULL, sizeof attribute};
    attribute.pValue = &attribute;
    CHECK_RV(C_CreateObject(5, &attribute, 1, &handle), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(C_GetAttributeValue(5, 1, &attribute, 1), CKR_ATTRIBUTE_VALUE_INVALID);
}

static void lengths_that_a_type_cannot_have_are_value_invalid(void)
{
    CHECK_RV(create(CKA_TOKEN, bytes, 3), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(create(CKA_CLASS, bytes, 4), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(create(CKA_CLASS, bytes, 9), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(create(CKA_START_DATE, bytes, 7), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(create(CKA_ALLOWED_MECHANISMS, bytes, 12), CKR_ATTRIBUTE_VALUE_INVALID);
    CHECK_RV(create(CKA_WRAP_TEMPLATE, bytes, 25), CKR_ATTRIBUTE_VALUE_INVALID);
}

static void impossible_lengths_and_pointers_are_arguments_bad(void)
{
    CHECK_RV(create(CKA_VALUE, bytes, NONE), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_VALUE, bytes, 0x7fffffff), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_VALUE, bytes, 1UL << 62), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_VALUE, NULL, 1), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_TOKEN, NULL, 1), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_WRAP_TEMPLATE, NULL, sizeof(CK_ATTRIBUTE)), CKR_ARGUMENTS_BAD);
    CHECK_RV(create(CKA_WRAP_TEMPLATE, bytes, 0x10000 * sizeof(CK_ATTRIBUTE)), CKR_ARGUMENTS_BAD);
}

static void impossible_counts_are_arguments_bad(void)
{
    CK_ATTRIBUTE attribute = {CKA_VALUE, bytes, 1};
    CK_MECHANISM mechanism = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0};
    CHECK_RV(C_CreateObject(5, &attribute, NONE, &handle), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_CreateObject(5, &attribute, 0x10000, &handle), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_CreateObject(5, NULL, 1, &handle), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_FindObjectsInit(5, NULL, NONE), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_SetAttributeValue(5, 1, &attribute, ~0UL / sizeof attribute + 2), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_GenerateKeyPair(5, &mechanism, &attribute, 1, NULL, 3, &handle, &handle), CKR_ARGUMENTS_BAD);
}

static void a_type_that_the_wire_cannot_carry_is_type_invalid(void)
{
    CHECK_RV(create(0x100000000, bytes, 1), CKR_ATTRIBUTE_TYPE_INVALID);
}

static void no_template_at_all_is_a_template_without_attributes(void)
{
    fake.answer_length = 0;
    CHECK_RV(C_FindObjectsInit(5, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000005 00000000"));
}

static void data_with_an_impossible_length_is_arguments_bad(void)
{
    CK_ULONG length = sizeof bytes;
    CHECK_RV(C_Sign(1, bytes, NONE, bytes, &length), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_Sign(1, NULL, 1, bytes, &length), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_DigestUpdate(1, NULL, NONE), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_Login(1, CKU_USER, NULL, 4), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_InitToken(1, bytes, 4, NULL), CKR_ARGUMENTS_BAD);
}

static void a_missing_pin_is_told_from_an_empty_one(void)
{
    fake.answer_length = 0;
    CHECK_RV(C_Login(1, CKU_USER, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000001 0000000000000001 01 ffffffff"));
    CHECK_RV(C_Login(1, CKU_USER, bytes, 0), CKR_OK);
    CHECK(fake_requested("0000000000000001 0000000000000001 01 00000000"));
}

static void room_beyond_all_bounds_is_no_reason_to_allocate(void)
{
    CK_ULONG length = NONE;
    fake_answer(CALL_C_Sign, "ay", "01 00000001 aa");
    CHECK_RV(C_Sign(1, bytes, 1, bytes, &length), CKR_OK);
    CHECK(length == 1 && fake_requested("0000000000000001 01 00000001 01 7fffffff"));
}

static void data_larger_than_the_first_buffer_arrives_whole(void)
{
    static CK_BYTE large[300000];
    for (size_t i = 0; i < sizeof large; i++) {
        large[i] = (CK_BYTE) (i * 7);
    }
    fake.answer_length = 0;
    CHECK_RV(C_DigestUpdate(1, large, sizeof large), CKR_OK);
    size_t head = 8 + 3 + 8 + 5;
    CHECK(fake.request_length == head + sizeof large);
    CHECK(memcmp(fake.request + head, large, sizeof large) == 0);
}

int main(void)
{
    fake_initialise();
    RUN(values_are_written_as_their_kind);
    RUN(an_attribute_that_p11_kit_does_not_know_keeps_the_hosts_layout);
    RUN(empty_values_reach_the_other_side_as_empty);
    RUN(templates_within_templates_are_followed);
    RUN(a_template_that_contains_itself_is_refused);
    RUN(lengths_that_a_type_cannot_have_are_value_invalid);
    RUN(impossible_lengths_and_pointers_are_arguments_bad);
    RUN(impossible_counts_are_arguments_bad);
    RUN(a_type_that_the_wire_cannot_carry_is_type_invalid);
    RUN(no_template_at_all_is_a_template_without_attributes);
    RUN(data_with_an_impossible_length_is_arguments_bad);
    RUN(a_missing_pin_is_told_from_an_empty_one);
    RUN(room_beyond_all_bounds_is_no_reason_to_allocate);
    RUN(data_larger_than_the_first_buffer_arrives_whole);
    return check_result();
}
