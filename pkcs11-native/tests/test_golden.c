// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * The requests as bytes, against golden/requests.txt: the format is a promise. After a change that is meant,
 * `target/release/test_golden write` writes the file anew.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "fake.h"

#define GOLDEN "tests/golden/requests.txt"

static CK_BYTE bytes[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
static CK_BYTE output[64];
static CK_ULONG length;
static CK_OBJECT_HANDLE handle;
static FILE *written;

static void record(const char *name)
{
    fprintf(written, "%s ", name);
    for (size_t i = 0; i < fake.request_length; i++) {
        fprintf(written, "%02x", fake.request[i]);
    }
    fputc('\n', written);
}

static void session_calls(void)
{
    C_GetInfo(&(CK_INFO){0});
    record("C_GetInfo");
    C_GetSlotList(CK_TRUE, NULL, &length);
    record("C_GetSlotList length");
    C_InitToken(1, bytes, 4, (CK_UTF8CHAR *) "a token's label, padded         ");
    record("C_InitToken");
    C_OpenSession(1, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &handle);
    record("C_OpenSession");
    C_Login(1, CKU_USER, (CK_UTF8CHAR *) "1234", 4);
    record("C_Login");
    C_SetPIN(1, NULL, 0, bytes, 4);
    record("C_SetPIN");
    C_WaitForSlotEvent(CKF_DONT_BLOCK, &handle, NULL);
    record("C_WaitForSlotEvent");
}

static void object_calls(void)
{
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_ULONG set = CKP_ML_DSA_65;
    CK_BBOOL yes = CK_TRUE;
    CK_MECHANISM_TYPE mechanisms[] = {CKM_AES_GCM, CKM_AES_CBC};
    CK_ATTRIBUTE inner[] = {{CKA_SENSITIVE, &yes, 1}, {CKA_LABEL, "x", 1}};
    CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class}, {CKA_TOKEN, &yes, 1}, {CKA_LABEL, NULL, 0},
        {CKA_ID, bytes, 2}, {CKA_START_DATE, "20261130", 8}, {CKA_END_DATE, NULL, 0},
        {CKA_PARAMETER_SET, &set, sizeof set}, {CKA_ALLOWED_MECHANISMS, mechanisms, sizeof mechanisms},
        {CKA_WRAP_TEMPLATE, inner, sizeof inner}};
    CK_ATTRIBUTE wanted[] = {{CKA_VALUE, output, sizeof output}, {CKA_CLASS, NULL, 0},
        {CKA_UNWRAP_TEMPLATE, inner, sizeof inner}};
    CK_MECHANISM generate = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
    C_CreateObject(1, template, 9, &handle);
    record("C_CreateObject");
    C_GetAttributeValue(1, 2, wanted, 3);
    record("C_GetAttributeValue");
    C_FindObjectsInit(1, template, 2);
    record("C_FindObjectsInit");
    C_FindObjects(1, &handle, 1, &length);
    record("C_FindObjects");
    C_GenerateKeyPair(1, &generate, template, 1, template + 1, 1, &handle, &handle);
    record("C_GenerateKeyPair");
}

static void init_with(const char *name, CK_MECHANISM_TYPE type, void *parameter, CK_ULONG size)
{
    CK_MECHANISM mechanism = {type, parameter, size};
    C_EncryptInit(1, &mechanism, 2);
    record(name);
}

static void crypto_calls(void)
{
    CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, 32};
    CK_RSA_PKCS_OAEP_PARAMS oaep = {CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, NULL, 0};
    CK_GCM_PARAMS gcm = {bytes, 12, 96, bytes, 2, 128};
    CK_AES_CTR_PARAMS ctr = {64, {7}};
    CK_CCM_PARAMS ccm = {3, bytes, 12, NULL, 0, 16};
    CK_EDDSA_PARAMS eddsa = {CK_FALSE, 2, bytes};
    CK_ULONG general = 12;
    init_with("CKM_RSA_PKCS", CKM_RSA_PKCS, NULL, 0);
    init_with("CKM_RSA_PKCS_PSS", CKM_RSA_PKCS_PSS, &pss, sizeof pss);
    init_with("CKM_RSA_PKCS_OAEP", CKM_RSA_PKCS_OAEP, &oaep, sizeof oaep);
    init_with("CKM_AES_CBC", CKM_AES_CBC, bytes, 16);
    init_with("CKM_AES_GCM", CKM_AES_GCM, &gcm, sizeof gcm);
    init_with("CKM_AES_CTR", CKM_AES_CTR, &ctr, sizeof ctr);
    init_with("CKM_AES_CCM", CKM_AES_CCM, &ccm, sizeof ccm);
    init_with("CKM_EDDSA", CKM_EDDSA, &eddsa, sizeof eddsa);
    init_with("CKM_EDDSA without parameter", CKM_EDDSA, NULL, 0);
    init_with("CKM_SHA256_HMAC_GENERAL", CKM_SHA256_HMAC_GENERAL, &general, sizeof general);
    C_EncryptInit(1, NULL, 2);
    record("cancel");
    length = sizeof output;
    C_Encrypt(1, bytes, 16, output, &length);
    record("C_Encrypt");
    C_Encrypt(1, bytes, 16, NULL, &length);
    record("C_Encrypt length");
    length = 0;
    C_EncryptFinal(1, output, &length);
    record("C_EncryptFinal into no room");
    C_Verify(1, bytes, 3, bytes, 5);
    record("C_Verify");
    C_GenerateRandom(1, output, 32);
    record("C_GenerateRandom");
    C_SignMessageNext(1, NULL, 0, bytes, 1, NULL, NULL);
    record("C_SignMessageNext");
    CK_GCM_MESSAGE_PARAMS gcm_message = {bytes, 12, 32, CKG_GENERATE_COUNTER, output, 128};
    CK_CCM_MESSAGE_PARAMS ccm_message = {16, bytes, 13, 0, CKG_NO_GENERATE, bytes, 16};
    CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS chacha_message = {bytes, 12, output};
    CK_MECHANISM messages = {CKM_AES_GCM, &gcm_message, sizeof gcm_message};
    C_MessageEncryptInit(1, &messages, 2);
    record("C_MessageEncryptInit");
    length = sizeof output;
    C_EncryptMessage(1, &gcm_message, sizeof gcm_message, bytes, 2, bytes, 3, output, &length);
    record("C_EncryptMessage");
    C_EncryptMessageBegin(1, &chacha_message, sizeof chacha_message, NULL, 0);
    record("C_EncryptMessageBegin");
    C_DecryptMessageNext(1, &ccm_message, sizeof ccm_message, bytes, 3, output, &length, CKF_END_OF_MESSAGE);
    record("C_DecryptMessageNext");
    C_WrapKeyAuthenticated(1, &messages, 2, 3, bytes, 2, output, &length);
    record("C_WrapKeyAuthenticated");
    C_AsyncJoin(1, (CK_UTF8CHAR *) "C_Sign", 5, NULL, 0);
    record("C_AsyncJoin");
    length = sizeof output;
    C_EncapsulateKey(1, &(CK_MECHANISM){CKM_ML_KEM, NULL, 0}, 2, NULL, 0, output, &length, &handle);
    record("C_EncapsulateKey");
}

static void record_all(FILE *file)
{
    written = file;
    fake_initialise();
    fake_error(CKR_FUNCTION_FAILED);
    session_calls();
    object_calls();
    crypto_calls();
    fake_finalise();
    record("C_Finalize");
    fclose(written);
}

static void requests_are_the_golden_bytes(void)
{
    static char now[65536];
    static char golden[65536];
    record_all(fmemopen(now, sizeof now, "w"));
    FILE *file = fopen(GOLDEN, "r");
    CHECK(file != NULL && fread(golden, 1, sizeof golden - 1, file) > 0);
    if (file != NULL) {
        fclose(file);
    }
    CHECK(strcmp(now, golden) == 0);
    if (strcmp(now, golden) != 0) {
        fputs(now, stdout);
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "write") == 0) {
        record_all(fopen(GOLDEN, "w"));
    }
    RUN(requests_are_the_golden_bytes);
    return check_result();
}
