// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Messages: encryption and signatures of many data with one mechanism and one key. */
#include "functions.h"

static CK_ULONG encrypted(CK_GCM_MESSAGE_PARAMS *parameters, CK_BYTE *plain, CK_ULONG length)
{
    CK_ULONG room = sizeof out;
    CHECK_RV(p11->C_EncryptMessage(session, parameters, sizeof *parameters, aad, sizeof aad, plain, length, out, &room),
        CKR_OK);
    return room;
}

static void a_message_gets_its_nonce_and_its_tag(void)
{
    CK_GCM_MESSAGE_PARAMS made = message(CKG_GENERATE), given = message(CKG_NO_GENERATE);
    CK_BYTE zero[12] = {0}, plain[sizeof data], wrong[16];
    CK_ULONG room = 0, length;
    memset(iv, 0, sizeof iv);
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, aes), CKR_OK);
    CHECK_RV(p11->C_EncryptMessage(session, &made, sizeof made, aad, sizeof aad, data, sizeof data, NULL, &room), CKR_OK);
    CHECK(room == sizeof data && memcmp(iv, zero, sizeof iv) == 0);
    room = sizeof data - 1;
    CHECK_RV(p11->C_EncryptMessage(session, &made, sizeof made, aad, sizeof aad, data, sizeof data, out, &room),
        CKR_BUFFER_TOO_SMALL);
    CHECK(encrypted(&made, data, sizeof data) == sizeof data && memcmp(iv, zero, sizeof iv) != 0);
    CHECK_RV(p11->C_MessageEncryptFinal(session), CKR_OK);

    CHECK_RV(p11->C_MessageDecryptInit(session, &gcm, aes), CKR_OK);
    memcpy(wrong, tag, sizeof wrong);
    wrong[5] ^= 1;
    CK_GCM_MESSAGE_PARAMS forged = {iv, sizeof iv, 0, CKG_NO_GENERATE, wrong, 128};
    length = sizeof plain;
    CHECK_RV(p11->C_DecryptMessage(session, &forged, sizeof forged, aad, sizeof aad, out, sizeof data, plain, &length),
        CKR_ENCRYPTED_DATA_INVALID);
    length = sizeof plain;
    CHECK_RV(p11->C_DecryptMessage(session, &given, sizeof given, aad, sizeof aad, out, sizeof data, plain, &length),
        CKR_OK);
    CHECK(length == sizeof data && memcmp(plain, data, sizeof data) == 0);
    CHECK_RV(p11->C_MessageDecryptFinal(session), CKR_OK);
}

static void a_message_in_parts_is_the_whole_message(void)
{
    static CK_BYTE parts[sizeof data];
    CK_GCM_MESSAGE_PARAMS given = message(CKG_NO_GENERATE);
    CK_BYTE whole_tag[16];
    CK_ULONG first = sizeof parts, last;
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, aes), CKR_OK);
    encrypted(&given, data, sizeof data);
    memcpy(whole_tag, tag, sizeof tag);
    memset(tag, 0, sizeof tag);
    CHECK_RV(p11->C_EncryptMessageBegin(session, &given, sizeof given, aad, sizeof aad), CKR_OK);
    CHECK_RV(p11->C_MessageEncryptFinal(session), CKR_OPERATION_ACTIVE);
    CHECK_RV(p11->C_EncryptMessageNext(session, &given, sizeof given, data, 7, parts, &first, 0), CKR_OK);
    last = sizeof parts - first;
    CHECK_RV(p11->C_EncryptMessageNext(
                 session, &given, sizeof given, data + 7, sizeof data - 7, parts + first, &last, CKF_END_OF_MESSAGE),
        CKR_OK);
    CHECK(first + last == sizeof data && memcmp(parts, out, sizeof parts) == 0);
    CHECK(memcmp(tag, whole_tag, sizeof tag) == 0);
    CHECK_RV(p11->C_MessageEncryptInit(session, NULL, aes), CKR_OK);
    CHECK_RV(p11->C_MessageEncryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
}

static void parameters_of_messages_are_checked(void)
{
    CK_GCM_MESSAGE_PARAMS bad = message(99), no_nonce = message(CKG_NO_GENERATE), long_tag = message(CKG_NO_GENERATE);
    CK_ULONG room = sizeof out;
    no_nonce.pIv = NULL;
    long_tag.ulTagBits = ~(CK_ULONG) 0;
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, NOWHERE), CKR_KEY_HANDLE_INVALID);
    CHECK_RV(p11->C_MessageEncryptInit(session, &ecdsa, aes), CKR_MECHANISM_INVALID);
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, ec_public), CKR_KEY_TYPE_INCONSISTENT);
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, aes), CKR_OK);
    CHECK_RV(p11->C_EncryptMessage(session, &bad, sizeof bad, NULL, 0, data, 5, out, &room), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_EncryptMessage(session, &no_nonce, sizeof no_nonce, NULL, 0, data, 5, out, &room),
        CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_EncryptMessage(session, &long_tag, sizeof long_tag, NULL, 0, data, 5, out, &room),
        CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_EncryptMessage(session, iv, 5, NULL, 0, data, 5, out, &room), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_EncryptMessage(session, NULL, 0, NULL, 0, data, 5, out, &room), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_SessionCancel(session, CKF_MESSAGE_ENCRYPT), CKR_OK);
    CHECK_RV(p11->C_MessageEncryptFinal(session), CKR_OPERATION_NOT_INITIALIZED);
}

static void messages_are_signed_and_verified(void)
{
    CK_BYTE first[64], second[64];
    CK_ULONG length = 0;
    CHECK_RV(p11->C_MessageSignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_SignMessage(session, NULL, 0, data, sizeof data, NULL, &length), CKR_OK);
    CHECK(length == sizeof first);
    CHECK_RV(p11->C_SignMessage(session, NULL, 0, data, sizeof data, first, &length), CKR_OK);
    CHECK_RV(p11->C_SignMessageBegin(session, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_SignMessageNext(session, NULL, 0, data, 4, NULL, NULL), CKR_OK);
    CHECK_RV(p11->C_SignMessageNext(session, NULL, 0, data + 4, sizeof data - 4, second, &length), CKR_OK);
    CHECK_RV(p11->C_MessageSignFinal(session), CKR_OK);

    CHECK_RV(p11->C_MessageVerifyInit(session, &ecdsa, ec_public), CKR_OK);
    CHECK_RV(p11->C_VerifyMessage(session, NULL, 0, data, sizeof data, first, sizeof first), CKR_OK);
    CHECK_RV(p11->C_VerifyMessage(session, NULL, 0, data, 5, first, sizeof first), CKR_SIGNATURE_INVALID);
    CHECK_RV(p11->C_VerifyMessageBegin(session, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_VerifyMessageNext(session, NULL, 0, data, 9, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_VerifyMessageNext(session, NULL, 0, data + 9, sizeof data - 9, second, sizeof second), CKR_OK);
    CHECK_RV(p11->C_MessageVerifyFinal(session), CKR_OK);
}

/* Section 5.9.4: the message ends, the process goes on. */
static void a_bad_pointer_ends_the_message_and_not_its_process(void)
{
    CK_GCM_MESSAGE_PARAMS given = message(CKG_NO_GENERATE);
    CK_ULONG length = sizeof out;
    iv[0]++;
    CHECK_RV(p11->C_MessageEncryptInit(session, &gcm, aes), CKR_OK);
    CHECK_RV(p11->C_EncryptMessageBegin(session, &given, sizeof given, aad, sizeof aad), CKR_OK);
    CHECK_RV(p11->C_EncryptMessageNext(session, &given, sizeof given, NULL, 7, out, &length, 0), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_EncryptMessageNext(session, &given, sizeof given, data, 7, out, &length, 0),
        CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_EncryptMessageNext(session, &given, sizeof given, NULL, 7, out, &length, 0),
        CKR_OPERATION_NOT_INITIALIZED);
    iv[0]++;
    CHECK_RV(p11->C_EncryptMessageBegin(session, &given, sizeof given, aad, sizeof aad), CKR_OK);
    CHECK_RV(p11->C_EncryptMessageNext(session, &given, sizeof given, data, 7, out, NULL, 0), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_MessageEncryptFinal(session), CKR_OK);

    CHECK_RV(p11->C_MessageDecryptInit(session, &gcm, aes), CKR_OK);
    CHECK_RV(p11->C_DecryptMessageBegin(session, &given, sizeof given, aad, sizeof aad), CKR_OK);
    CHECK_RV(p11->C_DecryptMessageNext(session, &given, sizeof given, NULL, 7, out, &length, CKF_END_OF_MESSAGE),
        CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_MessageDecryptFinal(session), CKR_OK);

    CHECK_RV(p11->C_MessageSignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_SignMessageBegin(session, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_SignMessageNext(session, NULL, 0, NULL, 4, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_MessageSignFinal(session), CKR_OK);
    CHECK_RV(p11->C_MessageVerifyInit(session, &ecdsa, ec_public), CKR_OK);
    CHECK_RV(p11->C_VerifyMessageBegin(session, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_VerifyMessageNext(session, NULL, 0, NULL, 9, NULL, 0), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_MessageVerifyFinal(session), CKR_OK);
}

void test_messages(void)
{
    RUN(a_message_gets_its_nonce_and_its_tag);
    RUN(a_message_in_parts_is_the_whole_message);
    RUN(parameters_of_messages_are_checked);
    RUN(messages_are_signed_and_verified);
    RUN(a_bad_pointer_ends_the_message_and_not_its_process);
}
