// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "fake.h"
#include "functions.h"

#define OK "0000000000000000"
#define SENSITIVE "0000000000000011"
#define TOO_SMALL "0000000000000150"
#define NONE CK_UNAVAILABLE_INFORMATION

static CK_BYTE value[16];

static CK_RV get(CK_ATTRIBUTE *template, CK_ULONG count, const char *values)
{
    memset(value, 0xee, sizeof value);
    fake_answer(CALL_C_GetAttributeValue, "aAu", values);
    return C_GetAttributeValue(1, 2, template, count);
}

static void a_null_pointer_asks_for_the_length(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, NULL, 55}, {CKA_CLASS, NULL, 0}, {CKA_ALLOWED_MECHANISMS, NULL, 0}};
    CHECK_RV(get(template, 3,
                 "00000003 00000011 01 00000003 ffffffff 00000000 01 00000008 0000000000000000"
                 "40000600 01 00000010 00000000" OK),
        CKR_OK);
    CHECK(fake_requested("0000000000000001 0000000000000002 00000003 00000011 00000000 00000000 00000000 40000600 00000000"));
    CHECK(template[0].ulValueLen == 3 && template[1].ulValueLen == 8 && template[2].ulValueLen == 16);
}

static void values_that_fit_are_copied(void)
{
    CK_OBJECT_CLASS class = 0;
    CK_BBOOL token = 9;
    CK_MECHANISM_TYPE mechanisms[2] = {0, 0};
    CK_DATE date;
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, sizeof value}, {CKA_CLASS, &class, sizeof class},
        {CKA_TOKEN, &token, sizeof token}, {CKA_ALLOWED_MECHANISMS, mechanisms, sizeof mechanisms},
        {CKA_START_DATE, &date, sizeof date}};
    CHECK_RV(get(template, 5,
                 "00000005 00000011 01 00000003 00000003 aabbcc 00000000 01 00000008 0000000000000003"
                 "00000001 01 00000001 01 40000600 01 00000008 00000001 0000000000001041"
                 "00000110 01 00000008 00000008 3230323631313330" OK),
        CKR_OK);
    CHECK(template[0].ulValueLen == 3 && memcmp(value, "\xaa\xbb\xcc\xee", 4) == 0);
    CHECK(class == CKO_PRIVATE_KEY && token == CK_TRUE);
    CHECK(mechanisms[0] == CKM_ECDSA && mechanisms[1] == 0 && template[3].ulValueLen == 8);
    CHECK(memcmp(date.year, "2026", 4) == 0 && memcmp(date.day, "30", 2) == 0);
}

static void a_sensitive_value_is_unavailable_and_the_others_are_still_read(void)
{
    CK_BBOOL token = 9;
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, sizeof value}, {CKA_TOKEN, &token, sizeof token}};
    CHECK_RV(get(template, 2, "00000002 00000011 00 00000001 01 00000001 01" SENSITIVE), CKR_ATTRIBUTE_SENSITIVE);
    CHECK(template[0].ulValueLen == NONE && value[0] == 0xee);
    CHECK(template[1].ulValueLen == 1 && token == CK_TRUE);
}

static void a_value_that_does_not_fit_is_unavailable_and_too_small(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, 2}};
    CHECK_RV(get(template, 1, "00000001 00000011 01 00000003 00000003 aabbcc" OK), CKR_BUFFER_TOO_SMALL);
    CHECK(template[0].ulValueLen == NONE && value[0] == 0xee);
    template[0].ulValueLen = 2;
    CHECK_RV(get(template, 1, "00000001 00000011 00" TOO_SMALL), CKR_BUFFER_TOO_SMALL);
    CHECK(template[0].ulValueLen == NONE);
    template[0].ulValueLen = 0;
    CHECK_RV(get(template, 1, "00000001 00000011 01 00000003 ffffffff" OK), CKR_BUFFER_TOO_SMALL);
    CHECK(template[0].ulValueLen == NONE);
}

static void sensitive_weighs_more_than_too_small(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, 2}, {CKA_PRIME_1, value, 2}};
    CHECK_RV(get(template, 2, "00000002 00000011 01 00000003 00000003 aabbcc 00000124 00" SENSITIVE),
        CKR_ATTRIBUTE_SENSITIVE);
}

static void a_template_within_is_filled_in_attribute_by_attribute(void)
{
    CK_OBJECT_CLASS class = 0;
    CK_ATTRIBUTE inner[2] = {{77, &class, sizeof class}, {77, NULL, 0}};
    CK_ATTRIBUTE template[] = {{CKA_WRAP_TEMPLATE, inner, sizeof inner}};
    CHECK_RV(get(template, 1,
                 "00000001 40000211 01 00000030 00000002"
                 "00000000 01 00000008 0000000000000004 00000011 01 00000003 ffffffff" OK),
        CKR_OK);
    CHECK(fake_requested("0000000000000001 0000000000000002 00000001"
                         "40000211 00000030 00000002 0000004d 00000008 0000004d 00000000"));
    CHECK(inner[0].type == CKA_CLASS && class == CKO_SECRET_KEY);
    CHECK(inner[1].type == CKA_VALUE && inner[1].ulValueLen == 3);
}

static void a_template_within_that_does_not_fit_is_not_touched(void)
{
    CK_ATTRIBUTE inner[1] = {{77, NULL, 0}};
    CK_ATTRIBUTE template[] = {{CKA_WRAP_TEMPLATE, inner, sizeof inner}};
    CHECK_RV(get(template, 1,
                 "00000001 40000211 01 00000030 00000002"
                 "00000000 01 00000008 0000000000000004 00000011 01 00000003 ffffffff" OK),
        CKR_BUFFER_TOO_SMALL);
    CHECK(inner[0].type == 77 && template[0].ulValueLen == NONE);
}

static void more_attributes_within_than_their_length_says_are_a_device_error(void)
{
    CK_ATTRIBUTE inner[1] = {{77, NULL, 0}};
    CK_ATTRIBUTE template[] = {{CKA_WRAP_TEMPLATE, inner, sizeof inner}};
    CHECK_RV(get(template, 1,
                 "00000001 40000211 01 00000018 00000002"
                 "00000000 01 00000008 0000000000000004 00000011 01 00000003 ffffffff" OK),
        CKR_DEVICE_ERROR);
}

static void bytes_are_not_followed_as_a_template_because_the_answer_says_so(void)
{
    CK_ATTRIBUTE bytes = {CKA_VALUE, value, sizeof value};
    CK_ATTRIBUTE inner[1] = {{CKA_VALUE, &bytes, sizeof bytes}};
    CK_ATTRIBUTE template[] = {{CKA_WRAP_TEMPLATE, inner, sizeof inner}};
    CHECK_RV(get(template, 1,
                 "00000001 40000211 01 00000018 00000001 40000211 01 00000018 00000001"
                 "00000011 01 00000003 00000003 aabbcc" OK),
        CKR_DEVICE_ERROR);
    CHECK(value[0] == 0xee && bytes.ulValueLen == sizeof value);
}

static void more_mechanisms_than_their_length_says_are_a_device_error(void)
{
    CK_MECHANISM_TYPE mechanisms[1] = {0};
    CK_ATTRIBUTE template[] = {{CKA_ALLOWED_MECHANISMS, mechanisms, sizeof mechanisms}};
    CHECK_RV(get(template, 1, "00000001 40000600 01 00000008 00000002 0000000000000001 0000000000000002" OK),
        CKR_DEVICE_ERROR);
}

static void an_answer_in_another_order_or_number_is_a_device_error(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, sizeof value}};
    CHECK_RV(get(template, 1, "00000001 00000003 01 00000003 00000003 aabbcc" OK), CKR_DEVICE_ERROR);
    CHECK_RV(get(template, 1, "00000000" OK), CKR_DEVICE_ERROR);
}

static void a_length_that_the_value_does_not_have_is_a_device_error(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, sizeof value}};
    CHECK_RV(get(template, 1, "00000001 00000011 01 00000009 00000003 aabbcc" OK), CKR_DEVICE_ERROR);
    CHECK_RV(get(template, 1, "00000001 00000011 01 00000003 ffffffff" OK), CKR_DEVICE_ERROR);
}

static void a_type_that_the_wire_cannot_carry_is_unknown(void)
{
    CK_ATTRIBUTE template[] = {{0x1234567890, value, sizeof value}};
    CHECK_RV(get(template, 1, "00000001 ffffffff 00 0000000000000012"), CKR_ATTRIBUTE_TYPE_INVALID);
    CHECK(template[0].ulValueLen == NONE && template[0].type == 0x1234567890);
}

static void impossible_templates_are_arguments_bad_and_nothing_is_sent(void)
{
    CK_ATTRIBUTE left_over = {CKA_VALUE, value, NONE};
    unsigned before = fake.calls;
    CHECK_RV(C_GetAttributeValue(1, 2, NULL, 1), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_GetAttributeValue(1, 2, &left_over, NONE), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_GetAttributeValue(1, 2, &left_over, 1), CKR_ARGUMENTS_BAD);
    CHECK(fake.calls == before);
}

static void other_errors_leave_the_template_alone(void)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE, value, 2}};
    fake_error(CKR_OBJECT_HANDLE_INVALID);
    CHECK_RV(C_GetAttributeValue(1, 2, template, 1), CKR_OBJECT_HANDLE_INVALID);
    CHECK(template[0].ulValueLen == 2);
}

static void no_damaged_answer_overruns_the_callers_memory(void)
{
    CK_OBJECT_CLASS class;
    CK_ATTRIBUTE inner[2];
    CK_ATTRIBUTE template[2];
    fake_answer(CALL_C_GetAttributeValue, "aAu",
        "00000002 40000211 01 00000030 00000002"
        "00000000 01 00000008 0000000000000004 00000011 01 00000003 00000003 aabbcc"
        "00000011 01 00000003 00000003 aabbcc" OK);
    for (size_t i = 11; i < fake.answer_length; i++) {
        for (unsigned change = 1; change < 256; change++) {
            inner[0] = (CK_ATTRIBUTE){0, &class, sizeof class};
            inner[1] = (CK_ATTRIBUTE){0, value, 3};
            template[0] = (CK_ATTRIBUTE){CKA_WRAP_TEMPLATE, inner, sizeof inner};
            template[1] = (CK_ATTRIBUTE){CKA_VALUE, value, 3};
            fake.answer[i] ^= (unsigned char) change;
            CK_RV rv = C_GetAttributeValue(1, 2, template, 2);
            CHECK(rv != CKR_OK || template[1].ulValueLen <= 3);
            fake.answer[i] ^= (unsigned char) change;
        }
    }
}

int main(void)
{
    fake_initialise();
    RUN(a_null_pointer_asks_for_the_length);
    RUN(values_that_fit_are_copied);
    RUN(a_sensitive_value_is_unavailable_and_the_others_are_still_read);
    RUN(a_value_that_does_not_fit_is_unavailable_and_too_small);
    RUN(sensitive_weighs_more_than_too_small);
    RUN(a_template_within_is_filled_in_attribute_by_attribute);
    RUN(a_template_within_that_does_not_fit_is_not_touched);
    RUN(more_attributes_within_than_their_length_says_are_a_device_error);
    RUN(bytes_are_not_followed_as_a_template_because_the_answer_says_so);
    RUN(more_mechanisms_than_their_length_says_are_a_device_error);
    RUN(an_answer_in_another_order_or_number_is_a_device_error);
    RUN(a_length_that_the_value_does_not_have_is_a_device_error);
    RUN(a_type_that_the_wire_cannot_carry_is_unknown);
    RUN(impossible_templates_are_arguments_bad_and_nothing_is_sent);
    RUN(other_errors_leave_the_template_alone);
    RUN(no_damaged_answer_overruns_the_callers_memory);
    return check_result();
}
