// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * functions LIBRARY: the functions of PKCS#11 3.0 and 3.2, through the interface of 3.2. Slot 0 has a token whose user PIN is user-1234; slot 1
 * is free.
 */
#include <dlfcn.h>

#include "functions.h"

CK_FUNCTION_LIST_3_2 *p11;
CK_SESSION_HANDLE session;
CK_OBJECT_HANDLE aes, ec_public, ec_private;
CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
CK_BYTE data[40] = "a message of more than two blocks ......", out[512], tag[16], iv[12];
CK_BYTE aad[3] = {1, 2, 3};
CK_MECHANISM gcm = {CKM_AES_GCM, NULL, 0}, ecdsa = {CKM_ECDSA_SHA256, NULL, 0}, sha256 = {CKM_SHA256, NULL, 0};

CK_GCM_MESSAGE_PARAMS message(CK_GENERATOR_FUNCTION generator)
{
    CK_GCM_MESSAGE_PARAMS parameters = {iv, sizeof iv, 0, generator, tag, 8 * sizeof tag};
    return parameters;
}

static void a_user_logs_in_by_type_without_a_name(void)
{
    CK_UTF8CHAR *pin = (CK_UTF8CHAR *) "user-1234";
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, (CK_UTF8CHAR *) "somebody", 8), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, NULL, 0), CKR_USER_ALREADY_LOGGED_IN);
}

static void keys_are_made(void)
{
    CK_ULONG length = 32;
    CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    CK_ATTRIBUTE aes_key[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_ENCRYPT, &yes, 1}, {CKA_DECRYPT, &yes, 1},
        {CKA_WRAP, &yes, 1}, {CKA_UNWRAP, &yes, 1}};
    CK_ATTRIBUTE ec_key[] = {{CKA_EC_PARAMS, p256, sizeof p256}, {CKA_VERIFY, &yes, 1}};
    CK_ATTRIBUTE signs[] = {{CKA_SIGN, &yes, 1}};
    CK_MECHANISM make_aes = {CKM_AES_KEY_GEN, NULL, 0}, make_ec = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
    CHECK_RV(p11->C_GenerateKey(session, &make_aes, aes_key, COUNT(aes_key), &aes), CKR_OK);
    CHECK_RV(p11->C_GenerateKeyPair(session, &make_ec, ec_key, 2, signs, 1, &ec_public, &ec_private), CKR_OK);
}

static CK_FUNCTION_LIST_3_2 *interface_3_2(void *library)
{
    CK_C_GetInterface get;
    void *address = dlsym(library, "C_GetInterface");
    memcpy(&get, &address, sizeof get);
    CK_VERSION version = {3, 2};
    CK_INTERFACE *interface = NULL;
    CHECK_RV(get((CK_UTF8CHAR *) "PKCS 11", &version, &interface, 0), CKR_OK);
    return interface->pFunctionList;
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        return 2;
    }
    p11 = interface_3_2(library);
    CHECK(p11->version.major == 3 && p11->version.minor == 2);
    CHECK_RV(p11->C_Initialize(NULL), CKR_OK);
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), CKR_OK);
    RUN(a_user_logs_in_by_type_without_a_name);
    RUN(keys_are_made);
    test_messages();
    test_keys();
    test_operations();
    test_slot_events();
    return check_result();
}
