// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "fake.h"
#include "functions.h"

static CK_BYTE nonce[4], tag[4], data[2] = {7, 8}, output[8];

static CK_GCM_MESSAGE_PARAMS gcm(void)
{
    memset(nonce, 0x11, sizeof nonce);
    memset(tag, 0x22, sizeof tag);
    CK_GCM_MESSAGE_PARAMS parameters = {nonce, sizeof nonce, 8, CKG_GENERATE, tag, 8 * sizeof tag};
    return parameters;
}

static CK_RV encrypt(CK_GCM_MESSAGE_PARAMS *parameters, CK_ULONG *length, const char *values)
{
    fake_answer(CALL_C_EncryptMessage2, "aym", values);
    return C_EncryptMessage(9, parameters, sizeof *parameters, NULL, 0, data, sizeof data, output, length);
}

static void a_nonce_and_a_tag_that_were_made_are_written_back(void)
{
    CK_GCM_MESSAGE_PARAMS parameters = gcm();
    CK_ULONG length = sizeof output;
    CHECK_RV(encrypt(&parameters, &length, "01 00000002 aabb 01 00000004 01020304 00000004 05060708"), CKR_OK);
    CHECK(length == 2 && memcmp(output, "\xaa\xbb", 2) == 0);
    CHECK(memcmp(nonce, "\1\2\3\4", 4) == 0 && memcmp(tag, "\5\6\7\10", 4) == 0);
    /* form, data length, nonce, fixed bits, generator, no tag, tag bits */
    CHECK(fake_requested("0000000000000009 02 ffffffffffffffff 00000004 11111111 0000000000000008 0000000000000001 "
                         "ffffffff 0000000000000020 01 ffffffff 01 00000002 0708 00000008"));
}

static void what_was_not_made_is_not_written(void)
{
    CK_GCM_MESSAGE_PARAMS parameters = gcm();
    CK_ULONG length = sizeof output;
    CHECK_RV(encrypt(&parameters, &length, "01 00000002 aabb 01 ffffffff 00000004 05060708"), CKR_OK);
    CHECK(nonce[0] == 0x11 && tag[0] == 5);
    length = 1;
    parameters = gcm();
    CHECK_RV(encrypt(&parameters, &length, "00 00000002 00"), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 2 && nonce[0] == 0x11 && tag[0] == 0x22);
}

static void a_nonce_or_tag_of_another_length_than_its_place_is_a_device_error(void)
{
    CK_GCM_MESSAGE_PARAMS parameters = gcm();
    CK_ULONG length = sizeof output;
    CHECK_RV(encrypt(&parameters, &length, "01 00000002 aabb 01 00000005 0102030405 ffffffff"), CKR_DEVICE_ERROR);
    CHECK_RV(encrypt(&parameters, &length, "01 00000002 aabb 01 ffffffff 00000003 010203"), CKR_DEVICE_ERROR);
    CHECK(nonce[0] == 0x11 && tag[0] == 0x22);
    parameters.pTag = NULL;
    CHECK_RV(encrypt(&parameters, &length, "01 00000002 aabb 01 ffffffff 00000004 01020304"), CKR_MECHANISM_PARAM_INVALID);
}

static void a_tag_is_read_only_where_it_is_checked(void)
{
    CK_GCM_MESSAGE_PARAMS parameters = gcm();
    CK_ULONG length = sizeof output;
    parameters.pTag = (CK_BYTE *) 1;
    fake_answer(CALL_C_DecryptMessageBegin2, "", "");
    CHECK_RV(C_DecryptMessageBegin(9, &parameters, sizeof parameters, NULL, 0), CKR_OK);
    fake_answer(CALL_C_DecryptMessageNext2, "ay", "01 00000000");
    CHECK_RV(C_DecryptMessageNext(9, &parameters, sizeof parameters, data, 2, output, &length, 0), CKR_OK);
    parameters.pTag = tag;
    length = sizeof output;
    CHECK_RV(C_DecryptMessageNext(9, &parameters, sizeof parameters, data, 2, output, &length, CKF_END_OF_MESSAGE), CKR_OK);
    CHECK(fake_requested("0000000000000009 02 ffffffffffffffff 00000004 11111111 0000000000000008 0000000000000001 "
                         "00000004 22222222 0000000000000020 01 00000002 0708 00000008 0000000000000001"));
    parameters.ulTagBits = ~(CK_ULONG) 0;
    CHECK_RV(C_DecryptMessage(9, &parameters, sizeof parameters, NULL, 0, data, 2, output, &length),
        CKR_MECHANISM_PARAM_INVALID);
}

static void a_parameter_of_another_size_travels_as_bytes(void)
{
    fake_answer(CALL_C_EncryptMessageBegin2, "m", "00");
    CHECK_RV(C_EncryptMessageBegin(9, data, sizeof data, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000009 01 00000002 0708 01 ffffffff"));
    CHECK_RV(C_EncryptMessageBegin(9, NULL, 0, NULL, 0), CKR_OK);
    CHECK(fake_requested("0000000000000009 00 01 ffffffff"));
    CHECK_RV(C_EncryptMessageBegin(9, NULL, 5, NULL, 0), CKR_MECHANISM_PARAM_INVALID);
}

static void a_null_mechanism_cancels_an_init_and_is_bad_elsewhere(void)
{
    CK_ULONG length = sizeof output;
    fake_answer(CALL_C_MessageEncryptInit2, "", "");
    CHECK_RV(C_MessageEncryptInit(9, NULL, 1), CKR_OK);
    CHECK(fake_requested("0000000000000009 ffffffff 0000000000000001"));
    CHECK_RV(C_WrapKeyAuthenticated(9, NULL, 1, 2, NULL, 0, output, &length), CKR_ARGUMENTS_BAD);
}

int main(void)
{
    fake_initialise();
    RUN(a_nonce_and_a_tag_that_were_made_are_written_back);
    RUN(what_was_not_made_is_not_written);
    RUN(a_nonce_or_tag_of_another_length_than_its_place_is_a_device_error);
    RUN(a_tag_is_read_only_where_it_is_checked);
    RUN(a_parameter_of_another_size_travels_as_bytes);
    RUN(a_null_mechanism_cancels_an_init_and_is_bad_elsewhere);
    fake_finalise();
    return check_result();
}
