// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "fake.h"
#include "functions.h"

#define U "0000000000000000"
#define SPACES_8 "2020202020202020"

static const char spaces_32[] = SPACES_8 SPACES_8 SPACES_8 SPACES_8;

static CK_BYTE data[4] = {1, 2, 3, 4};
static CK_BYTE output[8];

static CK_RV sign(CK_BYTE *into, CK_ULONG *length, const char *values)
{
    memset(output, 0xee, sizeof output);
    fake_answer(CALL_C_Sign, "ay", values);
    return C_Sign(7, data, sizeof data, into, length);
}

static void a_length_query_reports_the_length_and_writes_nothing(void)
{
    CK_ULONG length = 99;
    CHECK_RV(sign(NULL, &length, "00 00000040"), CKR_OK);
    CHECK(length == 64);
    CHECK(fake_requested("0000000000000007 01 00000004 01020304 00000000"));
}

static void a_result_that_fits_is_copied_with_its_length(void)
{
    CK_ULONG length = sizeof output;
    CHECK_RV(sign(output, &length, "01 00000003 aabbcc"), CKR_OK);
    CHECK(length == 3 && memcmp(output, "\xaa\xbb\xcc\xee", 4) == 0);
    CHECK(fake_requested("0000000000000007 01 00000004 01020304 00000008"));
}

static void a_buffer_too_small_is_reported_with_the_length_and_left_alone(void)
{
    CK_ULONG length = 2;
    CHECK_RV(sign(output, &length, "00 00000040"), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 64 && output[0] == 0xee);
}

static void a_result_longer_than_announced_room_is_never_copied(void)
{
    CK_ULONG length = 2;
    CHECK_RV(sign(output, &length, "01 00000003 aabbcc"), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 3 && output[0] == 0xee);
}

static void a_pointer_with_room_0_is_told_from_a_null_pointer(void)
{
    CK_ULONG length = 0;
    CHECK_RV(sign(output, &length, "00 00000040"), CKR_BUFFER_TOO_SMALL);
    CHECK(fake_requested("0000000000000007 01 00000004 01020304 ffffffff"));
}

static void an_empty_result_is_ok_however_it_is_written(void)
{
    CK_ULONG length = sizeof output;
    CHECK_RV(sign(output, &length, "01 ffffffff"), CKR_OK);
    CHECK(length == 0);
    length = sizeof output;
    CHECK_RV(sign(output, &length, "01 00000000"), CKR_OK);
    CHECK(length == 0);
    length = sizeof output;
    CHECK_RV(sign(output, &length, "00 00000000"), CKR_OK);
    CHECK(length == 0);
}

static void a_bare_length_where_values_were_due_is_a_device_error(void)
{
    CK_ULONG length = sizeof output;
    CHECK_RV(sign(output, &length, "00 00000003"), CKR_DEVICE_ERROR);
}

static void a_missing_length_pointer_is_arguments_bad_and_nothing_is_sent(void)
{
    unsigned before = fake.calls;
    CHECK_RV(C_GetInfo(NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_OpenSession(1, 4, NULL, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_GetSlotList(CK_FALSE, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_FindObjects(1, NULL, 1, (CK_ULONG[]){0}), CKR_ARGUMENTS_BAD);
    CHECK_RV(C_WaitForSlotEvent(0, (CK_ULONG[]){0}, data), CKR_ARGUMENTS_BAD);
    CHECK(fake.calls == before);
}

static void arguments_refused_here_end_the_operation_there(void)
{
    fake_answer(CALL_C_SessionCancel, "", "");
    CHECK_RV(C_Sign(7, data, sizeof data, output, NULL), CKR_ARGUMENTS_BAD);
    CHECK(fake_requested("0000000000000007 0000000000000800"));
    CHECK_RV(C_DecryptVerifyUpdate(7, NULL, 4, output, (CK_ULONG[]){8}), CKR_ARGUMENTS_BAD);
    CHECK(fake_requested("0000000000000007 0000000000002200"));
    fake_error(CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(C_DigestUpdate(7, NULL, 4), CKR_SESSION_HANDLE_INVALID);
}

static void a_fault_of_the_other_side_is_not_followed_by_a_second_message(void)
{
    unsigned before = fake.calls;
    fake_error(CKR_ARGUMENTS_BAD);
    CHECK_RV(C_DigestUpdate(7, data, sizeof data), CKR_ARGUMENTS_BAD);
    CHECK(fake.calls == before + 1);
}

static void an_error_becomes_the_return_value(void)
{
    fake_error(CKR_KEY_HANDLE_INVALID);
    CHECK_RV(C_Logout(1), CKR_KEY_HANDLE_INVALID);
    fake_error(CKR_VENDOR_DEFINED + 5);
    CHECK_RV(C_Logout(1), CKR_VENDOR_DEFINED + 5);
}

static void an_error_that_says_ok_is_a_device_error(void)
{
    fake_error(CKR_OK);
    CHECK_RV(C_Logout(1), CKR_DEVICE_ERROR);
}

static void a_transport_that_fails_decides_the_return_value(void)
{
    fake.rv = CKR_GENERAL_ERROR;
    CHECK_RV(C_Logout(1), CKR_GENERAL_ERROR);
    fake.rv = CKR_OK;
}

static void an_answer_to_another_call_or_with_bytes_left_over_is_a_device_error(void)
{
    fake_answer(CALL_C_Login, "", "");
    CHECK_RV(C_Logout(1), CKR_DEVICE_ERROR);
    fake_answer(CALL_C_Logout, "u", U);
    CHECK_RV(C_Logout(1), CKR_DEVICE_ERROR);
    fake_answer(CALL_C_Logout, "", "00");
    CHECK_RV(C_Logout(1), CKR_DEVICE_ERROR);
}

static void slots_are_listed_by_the_two_call_rule(void)
{
    CK_SLOT_ID slots[3] = {9, 9, 9};
    CK_ULONG count = 77;
    fake_answer(CALL_C_GetSlotList, "au", "00 00000002");
    CHECK_RV(C_GetSlotList(CK_TRUE, NULL, &count), CKR_OK);
    CHECK(count == 2 && fake_requested("01 00000000"));
    fake_answer(CALL_C_GetSlotList, "au", "01 00000002 0000000000000005 ffffffffffffffff");
    count = 3;
    CHECK_RV(C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    CHECK(count == 2 && slots[0] == 5 && slots[1] == ~0UL && slots[2] == 9);
    CHECK(fake_requested("01 00000003"));
    fake_answer(CALL_C_GetSlotList, "au", "00 00000002");
    count = 1;
    CHECK_RV(C_GetSlotList(CK_TRUE, slots, &count), CKR_BUFFER_TOO_SMALL);
    CHECK(count == 2);
    fake_answer(CALL_C_GetSlotList, "au", "00 00000000");
    count = 0;
    CHECK_RV(C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    CHECK(count == 0);
}

static void a_list_that_claims_more_than_the_message_holds_is_a_device_error(void)
{
    CK_SLOT_ID slots[3];
    CK_ULONG count = 3;
    fake_answer(CALL_C_GetSlotList, "au", "01 00000002 0000000000000005");
    CHECK_RV(C_GetSlotList(CK_TRUE, slots, &count), CKR_DEVICE_ERROR);
    fake_answer(CALL_C_GetSlotList, "au", "01 ffffffff 0000000000000005");
    CHECK_RV(C_GetSlotList(CK_TRUE, slots, &count), CKR_DEVICE_ERROR);
}

static void found_objects_come_back_with_their_number(void)
{
    CK_OBJECT_HANDLE handles[4] = {0, 0, 0, 0};
    CK_ULONG count = 77;
    fake_answer(CALL_C_FindObjects, "au", "01 00000002 0000000000000011 0000000000000012");
    CHECK_RV(C_FindObjects(3, handles, 4, &count), CKR_OK);
    CHECK(count == 2 && handles[0] == 0x11 && handles[1] == 0x12);
    CHECK(fake_requested("0000000000000003 00000004"));
    fake_answer(CALL_C_FindObjects, "au", "00 00000000");
    CHECK_RV(C_FindObjects(3, handles, 4, &count), CKR_OK);
    CHECK(count == 0);
}

static void random_bytes_must_be_as_many_as_asked_for(void)
{
    fake_answer(CALL_C_GenerateRandom, "ay", "01 00000004 01020304");
    CHECK_RV(C_GenerateRandom(1, output, 4), CKR_OK);
    CHECK(memcmp(output, data, 4) == 0);
    CHECK_RV(C_GenerateRandom(1, output, 5), CKR_DEVICE_ERROR);
    CHECK_RV(C_GenerateRandom(1, NULL, 5), CKR_ARGUMENTS_BAD);
}

static void infos_are_read_field_by_field(void)
{
    CK_SESSION_INFO session;
    CK_SLOT_INFO slot;
    char values[400];
    fake_answer(CALL_C_GetSessionInfo, "uuuu", "0000000000000001 0000000000000003 0000000000000006 0000000000000000");
    CHECK_RV(C_GetSessionInfo(1, &session), CKR_OK);
    CHECK(session.slotID == 1 && session.state == 3 && session.flags == 6 && session.ulDeviceError == 0);
    snprintf(values, sizeof values, "00000040 %s%s 00000020 %s 0000000000000001 0102 0304", spaces_32, spaces_32, spaces_32);
    fake_answer(CALL_C_GetSlotInfo, "ssuvv", values);
    CHECK_RV(C_GetSlotInfo(1, &slot), CKR_OK);
    CHECK(slot.flags == 1 && slot.hardwareVersion.minor == 2 && slot.firmwareVersion.major == 3);
    CHECK(slot.slotDescription[63] == ' ' && slot.manufacturerID[31] == ' ');
    fake_answer(CALL_C_GetSlotInfo, "ssuvv", "00000001 20");
    CHECK_RV(C_GetSlotInfo(1, &slot), CKR_DEVICE_ERROR);
}

static void encapsulation_returns_ciphertext_and_handle(void)
{
    CK_MECHANISM mechanism = {CKM_ML_KEM, NULL, 0};
    CK_OBJECT_HANDLE key = 0;
    CK_ULONG length = sizeof output;
    fake_answer(CALL_C_EncapsulateKey, "ayu", "01 00000002 aabb 0000000000000009");
    CHECK_RV(C_EncapsulateKey(1, &mechanism, 2, NULL, 0, output, &length, &key), CKR_OK);
    CHECK(length == 2 && output[1] == 0xbb && key == 9);
    CHECK(fake_requested("0000000000000001 00000017 00 0000000000000002 00000000 00000008"));
}

/* Every answer cut short at any place, and with any byte changed, leaves the caller's memory in order. */
static void no_damaged_answer_is_taken_for_a_whole_one(void)
{
    CK_ULONG length = sizeof output;
    CHECK_RV(sign(output, &length, "01 00000003 aabbcc"), CKR_OK);
    size_t whole = fake.answer_length;
    for (size_t cut = 0; cut < whole; cut++) {
        length = sizeof output;
        fake.answer_length = cut == 0 ? 1 : cut;
        CHECK_RV(C_Sign(7, data, sizeof data, output, &length), CKR_DEVICE_ERROR);
    }
    fake.answer_length = whole;
    for (size_t i = 0; i < whole; i++) {
        for (int bit = 0; bit < 8; bit++) {
            length = sizeof output;
            fake.answer[i] ^= (unsigned char) (1 << bit);
            CK_RV rv = C_Sign(7, data, sizeof data, output, &length);
            CHECK(rv == CKR_OK ? length <= sizeof output : rv == CKR_DEVICE_ERROR || rv == CKR_BUFFER_TOO_SMALL);
            fake.answer[i] ^= (unsigned char) (1 << bit);
        }
    }
}

int main(void)
{
    fake_initialise();
    RUN(a_length_query_reports_the_length_and_writes_nothing);
    RUN(a_result_that_fits_is_copied_with_its_length);
    RUN(a_buffer_too_small_is_reported_with_the_length_and_left_alone);
    RUN(a_result_longer_than_announced_room_is_never_copied);
    RUN(a_pointer_with_room_0_is_told_from_a_null_pointer);
    RUN(an_empty_result_is_ok_however_it_is_written);
    RUN(a_bare_length_where_values_were_due_is_a_device_error);
    RUN(a_missing_length_pointer_is_arguments_bad_and_nothing_is_sent);
    RUN(arguments_refused_here_end_the_operation_there);
    RUN(a_fault_of_the_other_side_is_not_followed_by_a_second_message);
    RUN(an_error_becomes_the_return_value);
    RUN(an_error_that_says_ok_is_a_device_error);
    RUN(a_transport_that_fails_decides_the_return_value);
    RUN(an_answer_to_another_call_or_with_bytes_left_over_is_a_device_error);
    RUN(slots_are_listed_by_the_two_call_rule);
    RUN(a_list_that_claims_more_than_the_message_holds_is_a_device_error);
    RUN(found_objects_come_back_with_their_number);
    RUN(random_bytes_must_be_as_many_as_asked_for);
    RUN(infos_are_read_field_by_field);
    RUN(encapsulation_returns_ciphertext_and_handle);
    RUN(no_damaged_answer_is_taken_for_a_whole_one);
    return check_result();
}
