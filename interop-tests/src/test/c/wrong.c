// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * wrong LIBRARY: wrong types, lengths, handles, pointers and orders, and the return value that PKCS#11 3.2 gives each. Slot 0
 * has a token whose user PIN is user-1234.
 */
#include <dlfcn.h>
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOWHERE 0x7eadbeefUL

static CK_FUNCTION_LIST *p11;
static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE aes, rsa_public, rsa_private, ec_public, ec_private;
static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
static CK_BYTE data[32], iv[16], out[1024];

static CK_MECHANISM mechanism(CK_MECHANISM_TYPE type, void *parameter, CK_ULONG length)
{
    CK_MECHANISM mechanism = {type, parameter, length};
    return mechanism;
}

static void before_initialize_nothing_works(void)
{
    CK_INFO info;
    CK_ULONG count;
    CHECK_RV(p11->C_GetInfo(&info), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_GetSlotList(CK_FALSE, NULL, &count), CKR_CRYPTOKI_NOT_INITIALIZED);
    CHECK_RV(p11->C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void initialize_checks_its_arguments(void)
{
    CK_C_INITIALIZE_ARGS arguments = {0};
    arguments.pReserved = &arguments;
    CHECK_RV(p11->C_Initialize(&arguments), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CHECK_RV(p11->C_Initialize(NULL), CKR_CRYPTOKI_ALREADY_INITIALIZED);
    CHECK_RV(p11->C_Finalize(&arguments), CKR_ARGUMENTS_BAD);
}

static void null_where_a_result_goes_is_a_bad_argument(void)
{
    CHECK_RV(p11->C_GetInfo(NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetSlotList(CK_FALSE, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetSlotInfo(0, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetTokenInfo(0, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetMechanismInfo(0, CKM_RSA_PKCS, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetSessionInfo(session, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GenerateRandom(session, NULL, 16), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_DigestUpdate(session, NULL, 5), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_FindObjects(session, NULL, 4, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetFunctionList(NULL), CKR_ARGUMENTS_BAD);
}

static void slots_and_sessions_that_are_not_there_are_named_so(void)
{
    CK_SLOT_INFO slot;
    CK_SESSION_INFO info;
    CK_SESSION_HANDLE unused;
    CHECK_RV(p11->C_GetSlotInfo(NOWHERE, &slot), CKR_SLOT_ID_INVALID);
    CHECK_RV(p11->C_GetSlotInfo(ULONG_MAX, &slot), CKR_SLOT_ID_INVALID);
    CHECK_RV(p11->C_OpenSession(NOWHERE, CKF_SERIAL_SESSION, NULL, NULL, &unused), CKR_SLOT_ID_INVALID);
    CHECK_RV(p11->C_OpenSession(0, CKF_RW_SESSION, NULL, NULL, &unused), CKR_SESSION_PARALLEL_NOT_SUPPORTED);
    CHECK_RV(p11->C_GetSessionInfo(NOWHERE, &info), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_GetSessionInfo(CK_INVALID_HANDLE, &info), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_CloseSession(NOWHERE), CKR_SESSION_HANDLE_INVALID);
}

static void a_login_checks_its_arguments(void)
{
    CK_UTF8CHAR *pin = (CK_UTF8CHAR *) "user-1234";
    CHECK_RV(p11->C_Login(session, 77, pin, 9), CKR_USER_TYPE_INVALID);
    CHECK_RV(p11->C_Login(session, CKU_USER, NULL, 9), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_Logout(session), CKR_USER_NOT_LOGGED_IN);
    CHECK_RV(p11->C_Login(session, CKU_USER, pin, 9), CKR_OK);
    CHECK_RV(p11->C_Login(session, CKU_USER, pin, 9), CKR_USER_ALREADY_LOGGED_IN);
    CHECK_RV(p11->C_Login(session, CKU_SO, pin, 9), CKR_USER_ANOTHER_ALREADY_LOGGED_IN);
}

/* Session keys for what follows. */
static void keys_are_made(void)
{
    CK_ULONG bits = 2048, length = 32;
    CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    CK_ATTRIBUTE aes_key[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_ENCRYPT, &yes, 1}, {CKA_DECRYPT, &yes, 1}};
    CK_ATTRIBUTE rsa_key[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}, {CKA_VERIFY, &yes, 1}};
    CK_ATTRIBUTE ec_key[] = {{CKA_EC_PARAMS, p256, sizeof p256}, {CKA_VERIFY, &yes, 1}};
    CK_ATTRIBUTE signs[] = {{CKA_SIGN, &yes, 1}};
    CK_MECHANISM make_aes = mechanism(CKM_AES_KEY_GEN, NULL, 0), make_ec = mechanism(CKM_EC_KEY_PAIR_GEN, NULL, 0),
                 make_rsa = mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0);
    CHECK_RV(p11->C_GenerateKey(session, &make_aes, aes_key, 3, &aes), CKR_OK);
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_rsa, rsa_key, 2, signs, 1, &rsa_public, &rsa_private), CKR_OK);
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_ec, ec_key, 2, signs, 1, &ec_public, &ec_private), CKR_OK);
}

static void attributes_of_a_wrong_kind_or_length_are_refused(void)
{
    CK_ULONG length = 32, data_class = CKO_DATA;
    uint32_t narrow = 32;
    CK_BYTE three[3] = {1, 1, 1};
    CK_OBJECT_HANDLE made;
    const struct {
        CK_ATTRIBUTE attribute;
        CK_RV rv;
    } rows[] = {
        {{CKA_ENCRYPT, three, sizeof three}, CKR_ATTRIBUTE_VALUE_INVALID},
        {{CKA_ENCRYPT, three, 0}, CKR_ATTRIBUTE_VALUE_INVALID},
        {{CKA_ENCRYPT, NULL, 1}, CKR_ARGUMENTS_BAD},
        {{CKA_VALUE_LEN, &narrow, sizeof narrow}, CKR_ATTRIBUTE_VALUE_INVALID},
        {{CKA_LABEL, NULL, 5}, CKR_ARGUMENTS_BAD},
        {{CKA_LABEL, data, ULONG_MAX}, CKR_ARGUMENTS_BAD},
        {{CKA_LABEL, data, (CK_ULONG) 1 << 40}, CKR_ARGUMENTS_BAD},
        {{CKA_START_DATE, three, sizeof three}, CKR_ATTRIBUTE_VALUE_INVALID},
        {{CKA_CLASS, &data_class, sizeof data_class}, CKR_TEMPLATE_INCONSISTENT},
        {{CKA_LOCAL, &yes, 1}, CKR_ATTRIBUTE_READ_ONLY},
        {{CKA_TRUSTED, &yes, 1}, CKR_ATTRIBUTE_READ_ONLY},
        {{NOWHERE, data, 1}, CKR_ATTRIBUTE_TYPE_INVALID},
    };
    CK_MECHANISM generate = mechanism(CKM_AES_KEY_GEN, NULL, 0);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &length, sizeof length}, rows[i].attribute};
        bool replaces = rows[i].attribute.type == CKA_VALUE_LEN;
        CK_RV rv = p11->C_GenerateKey(session, &generate, replaces ? template + 1 : template, replaces ? 1 : 2, &made);
        check_rv(rv, rows[i].rv, "C_GenerateKey with a wrong attribute, the row", __FILE__, (int) i);
    }
    CK_ATTRIBUTE twice[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_ENCRYPT, &yes, 1}, {CKA_ENCRYPT, &no, 1}};
    CHECK_RV(p11->C_GenerateKey(session, &generate, twice, 3, &made), CKR_TEMPLATE_INCONSISTENT);
    CHECK_RV(p11->C_GenerateKey(session, &generate, NULL, 0, &made), CKR_TEMPLATE_INCOMPLETE);
}

static void templates_that_cannot_be_are_bad_arguments(void)
{
    CK_ATTRIBUTE template[] = {{CKA_TOKEN, &yes, 1}};
    CK_MECHANISM generate = mechanism(CKM_AES_KEY_GEN, NULL, 0);
    CK_OBJECT_HANDLE made;
    CHECK_RV(p11->C_CreateObject(session, template, ULONG_MAX, &made), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_CreateObject(session, NULL, 1, &made), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_CreateObject(session, template, 1, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GenerateKey(session, &generate, template, ULONG_MAX, &made), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GenerateKey(session, NULL, template, 1, &made), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_FindObjectsInit(session, NULL, 1), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_FindObjectsInit(session, template, ULONG_MAX), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetAttributeValue(session, aes, NULL, 1), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_GetAttributeValue(session, aes, template, ULONG_MAX), CKR_ARGUMENTS_BAD);
}

static void parameters_of_a_wrong_length_or_value_are_refused(void)
{
    CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, 32}, other = {CKM_SHA512, CKG_MGF1_SHA256, 32},
                           long_salt = {CKM_SHA256, CKG_MGF1_SHA256, ULONG_MAX};
    CK_GCM_PARAMS short_tag = {iv, 12, 96, NULL, 0, 8}, no_tag = {iv, 12, 96, NULL, 0, 0}, no_iv = {NULL, 12, 96, NULL, 0, 128},
                  huge_aad = {iv, 12, 96, data, ULONG_MAX, 128}, no_aad = {iv, 12, 96, NULL, 16, 128};
    CK_AES_CTR_PARAMS wide = {129, {0}};
    const struct {
        CK_MECHANISM mechanism;
        bool signs;
        CK_RV rv;
    } rows[] = {
        {mechanism(CKM_RSA_PKCS_PSS, &pss, sizeof pss - 1), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_RSA_PKCS_PSS, &pss, 0), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_RSA_PKCS_PSS, NULL, sizeof pss), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_RSA_PKCS_PSS, &pss, ULONG_MAX), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_RSA_PKCS_PSS, &long_salt, sizeof long_salt), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_SHA256_RSA_PKCS_PSS, &other, sizeof other), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_SHA256_RSA_PKCS, data, sizeof data), true, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &short_tag, sizeof short_tag), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &no_tag, sizeof no_tag), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &no_iv, sizeof no_iv), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &huge_aad, sizeof huge_aad), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &no_aad, sizeof no_aad), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_GCM, &short_tag, 8), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_CBC, iv, 15), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_CBC, NULL, 0), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_CBC, NULL, 16), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_CBC_PAD, iv, ULONG_MAX), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_AES_CTR, &wide, sizeof wide), false, CKR_MECHANISM_PARAM_INVALID},
        {mechanism(CKM_DES_CBC, iv, 8), false, CKR_MECHANISM_INVALID},
        {mechanism(NOWHERE, NULL, 0), false, CKR_MECHANISM_INVALID},
        {mechanism(CKM_SHA256, NULL, 0), true, CKR_MECHANISM_INVALID},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        CK_MECHANISM wrong = rows[i].mechanism;
        CK_RV rv = rows[i].signs ? p11->C_SignInit(session, &wrong, rsa_private) : p11->C_EncryptInit(session, &wrong, aes);
        check_rv(rv, rows[i].rv, "an Init with a wrong parameter, the row", __FILE__, (int) i);
    }
}

static void keys_that_do_not_fit_are_refused(void)
{
    CK_MECHANISM ecdsa = mechanism(CKM_ECDSA, NULL, 0), rsa = mechanism(CKM_RSA_PKCS, NULL, 0),
                 cbc = mechanism(CKM_AES_CBC, iv, sizeof iv);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, NOWHERE), CKR_KEY_HANDLE_INVALID);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, CK_INVALID_HANDLE), CKR_KEY_HANDLE_INVALID);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, rsa_private), CKR_KEY_TYPE_INCONSISTENT);
    CHECK_RV(p11->C_SignInit(session, &rsa, ec_private), CKR_KEY_TYPE_INCONSISTENT);
    CHECK_RV(p11->C_SignInit(NOWHERE, &rsa, rsa_private), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_DecryptInit(session, &cbc, rsa_private), CKR_KEY_TYPE_INCONSISTENT);
    CHECK_RV(p11->C_SignInit(session, &rsa, rsa_public), CKR_KEY_FUNCTION_NOT_PERMITTED);
    CHECK_RV(p11->C_DestroyObject(session, NOWHERE), CKR_OBJECT_HANDLE_INVALID);
}

static void operations_come_in_their_order(void)
{
    CK_ULONG length = sizeof out;
    CK_MECHANISM rsa = mechanism(CKM_SHA256_RSA_PKCS, NULL, 0);
    CK_OBJECT_HANDLE found;
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_SignUpdate(session, data, sizeof data), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_SignFinal(session, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_Verify(session, data, sizeof data, out, 256), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_Encrypt(session, data, sizeof data, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_DecryptFinal(session, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_Digest(session, data, sizeof data, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_FindObjects(session, &found, 1, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_FindObjectsFinal(session), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_SignInit(session, &rsa, rsa_private), CKR_OK);
    CHECK_RV(p11->C_SignInit(session, &rsa, rsa_private), CKR_OPERATION_ACTIVE);
    CHECK_RV(p11->C_SignUpdate(session, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_SignUpdate(session, data, sizeof data), CKR_OK);
    length = sizeof out;
    CHECK_RV(p11->C_SignFinal(session, out, &length), CKR_OK);
    CHECK_RV(p11->C_SignFinal(session, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_GetFunctionStatus(session), CKR_FUNCTION_NOT_PARALLEL);
    CHECK_RV(p11->C_CancelFunction(session), CKR_FUNCTION_NOT_PARALLEL);
}

static void a_short_buffer_is_told_the_exact_length_and_the_operation_goes_on(void)
{
    CK_MECHANISM rsa = mechanism(CKM_SHA256_RSA_PKCS, NULL, 0), ecdsa = mechanism(CKM_ECDSA, NULL, 0),
                 digest = mechanism(CKM_SHA256, NULL, 0), cbc = mechanism(CKM_AES_CBC_PAD, iv, sizeof iv);
    CK_BYTE sealed[48];
    CK_ULONG length = 0;

    CHECK_RV(p11->C_SignInit(session, &rsa, rsa_private), CKR_OK);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, NULL, &length), CKR_OK);
    CHECK(length == 256);
    length = 255;
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 256);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_OK);
    CHECK_RV(p11->C_VerifyInit(session, &rsa, rsa_public), CKR_OK);
    CHECK_RV(p11->C_Verify(session, data, sizeof data, out, length), CKR_OK);
    CHECK_RV(p11->C_VerifyInit(session, &rsa, rsa_public), CKR_OK);
    CHECK_RV(p11->C_Verify(session, data, sizeof data, out, length - 1), CKR_SIGNATURE_LEN_RANGE);
    out[9] ^= 1;
    CHECK_RV(p11->C_VerifyInit(session, &rsa, rsa_public), CKR_OK);
    CHECK_RV(p11->C_Verify(session, data, sizeof data, out, length), CKR_SIGNATURE_INVALID);

    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_OK);
    length = 0;
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 64);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_OK);

    CHECK_RV(p11->C_DigestInit(session, &digest), CKR_OK);
    length = 31;
    CHECK_RV(p11->C_Digest(session, data, sizeof data, out, &length), CKR_BUFFER_TOO_SMALL);
    CHECK(length == 32);
    CHECK_RV(p11->C_Digest(session, data, sizeof data, out, &length), CKR_OK);

    CHECK_RV(p11->C_EncryptInit(session, &cbc, aes), CKR_OK);
    length = 32;
    CHECK_RV(p11->C_Encrypt(session, data, sizeof data, sealed, &length), CKR_BUFFER_TOO_SMALL);
    CHECK(length == sizeof sealed);
    CHECK_RV(p11->C_Encrypt(session, data, sizeof data, sealed, &length), CKR_OK);
    CHECK_RV(p11->C_DecryptInit(session, &cbc, aes), CKR_OK);
    CHECK_RV(p11->C_Decrypt(session, sealed, 47, out, &length), CKR_ENCRYPTED_DATA_LEN_RANGE);
    CHECK_RV(p11->C_DecryptInit(session, &cbc, aes), CKR_OK);
    length = sizeof out;
    CHECK_RV(p11->C_Decrypt(session, sealed, sizeof sealed, out, &length), CKR_OK);
    CHECK(length == sizeof data && memcmp(out, data, sizeof data) == 0);
}

static void reading_says_of_each_attribute_what_is_wrong_with_it(void)
{
    CK_BYTE small[1];
    CK_ULONG key_type;
    CK_ATTRIBUTE rows[] = {{CKA_VALUE, out, sizeof out}, {CKA_KEY_TYPE, &key_type, sizeof key_type}};
    CHECK_RV(p11->C_GetAttributeValue(session, aes, rows, 2), CKR_ATTRIBUTE_SENSITIVE);
    CHECK(rows[0].ulValueLen == CK_UNAVAILABLE_INFORMATION && key_type == CKK_AES);
    CK_ATTRIBUTE alien = {CKA_MODULUS, out, sizeof out};
    CHECK_RV(p11->C_GetAttributeValue(session, aes, &alien, 1), CKR_ATTRIBUTE_TYPE_INVALID);
    CHECK(alien.ulValueLen == CK_UNAVAILABLE_INFORMATION);
    CK_ATTRIBUTE short_buffer = {CKA_KEY_TYPE, small, sizeof small};
    CHECK_RV(p11->C_GetAttributeValue(session, aes, &short_buffer, 1), CKR_BUFFER_TOO_SMALL);
    CHECK(short_buffer.ulValueLen == CK_UNAVAILABLE_INFORMATION);
    CK_ATTRIBUTE sensitive = {CKA_SENSITIVE, &no, 1};
    CHECK_RV(p11->C_SetAttributeValue(session, aes, &sensitive, 1), CKR_ATTRIBUTE_READ_ONLY);
}

static void sizes_out_of_range_are_refused(void)
{
    CK_ULONG bits = 1024, length = 17;
    CK_BYTE nonsense[] = {0x06, 0x03, 0x2a, 0x03, 0x04};
    CK_ATTRIBUTE rsa_key[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}};
    CK_ATTRIBUTE aes_key[] = {{CKA_VALUE_LEN, &length, sizeof length}};
    CK_ATTRIBUTE ec_key[] = {{CKA_EC_PARAMS, nonsense, sizeof nonsense}};
    CK_MECHANISM make_aes = mechanism(CKM_AES_KEY_GEN, NULL, 0), make_ec = mechanism(CKM_EC_KEY_PAIR_GEN, NULL, 0),
                 make_rsa = mechanism(CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0);
    CK_OBJECT_HANDLE a, b;
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_rsa, rsa_key, 1, NULL, 0, &a, &b), CKR_KEY_SIZE_RANGE);
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_ec, ec_key, 1, NULL, 0, &a, &b), CKR_CURVE_NOT_SUPPORTED);
    CHECK_RV(p11->C_GenerateKey(session, &make_aes, aes_key, 1, &a), CKR_KEY_SIZE_RANGE);
}

static void a_read_only_session_changes_nothing_on_the_token(void)
{
    CK_SESSION_HANDLE reader;
    CK_ULONG data_class = CKO_DATA;
    CK_OBJECT_HANDLE made;
    CK_ATTRIBUTE template[] = {{CKA_CLASS, &data_class, sizeof data_class}, {CKA_TOKEN, &yes, 1}};
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION, NULL, NULL, &reader), CKR_OK);
    CHECK_RV(p11->C_CreateObject(reader, template, 2, &made), CKR_SESSION_READ_ONLY);
    CHECK_RV(p11->C_CloseSession(reader), CKR_OK);
}

static void after_logout_private_keys_are_gone(void)
{
    CK_MECHANISM ecdsa = mechanism(CKM_ECDSA, NULL, 0);
    CHECK_RV(p11->C_Logout(session), CKR_OK);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_KEY_HANDLE_INVALID);
    CHECK_RV(p11->C_CloseSession(session), CKR_OK);
    CHECK_RV(p11->C_Logout(session), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        return 2;
    }
    CK_C_GetFunctionList get;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
    RUN(before_initialize_nothing_works);
    RUN(initialize_checks_its_arguments);
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), CKR_OK);
    RUN(null_where_a_result_goes_is_a_bad_argument);
    RUN(slots_and_sessions_that_are_not_there_are_named_so);
    RUN(a_login_checks_its_arguments);
    RUN(keys_are_made);
    RUN(attributes_of_a_wrong_kind_or_length_are_refused);
    RUN(templates_that_cannot_be_are_bad_arguments);
    RUN(parameters_of_a_wrong_length_or_value_are_refused);
    RUN(keys_that_do_not_fit_are_refused);
    RUN(operations_come_in_their_order);
    RUN(a_short_buffer_is_told_the_exact_length_and_the_operation_goes_on);
    RUN(reading_says_of_each_attribute_what_is_wrong_with_it);
    RUN(sizes_out_of_range_are_refused);
    RUN(a_read_only_session_changes_nothing_on_the_token);
    RUN(after_logout_private_keys_are_gone);
    return check_result();
}
