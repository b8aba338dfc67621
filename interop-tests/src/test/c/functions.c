// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * functions LIBRARY: the functions of PKCS#11 3.0 and 3.2, through the interface of 3.2. Slot 0 has a token whose user PIN is user-1234; slot 1
 * is free.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "check.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOWHERE 0x7eadbeefUL

static CK_FUNCTION_LIST_3_2 *p11;
static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE aes, ec_public, ec_private;
static CK_BBOOL yes = CK_TRUE, no = CK_FALSE;
static CK_BYTE data[40] = "a message of more than two blocks ......", out[512], tag[16], iv[12];
static CK_BYTE aad[3] = {1, 2, 3};
static CK_MECHANISM gcm = {CKM_AES_GCM, NULL, 0}, ecdsa = {CKM_ECDSA_SHA256, NULL, 0}, sha256 = {CKM_SHA256, NULL, 0};

static CK_GCM_MESSAGE_PARAMS message(CK_GENERATOR_FUNCTION generator)
{
    CK_GCM_MESSAGE_PARAMS parameters = {iv, sizeof iv, 0, generator, tag, 8 * sizeof tag};
    return parameters;
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

static void a_user_logs_in_by_type_without_a_name(void)
{
    CK_UTF8CHAR *pin = (CK_UTF8CHAR *) "user-1234";
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, (CK_UTF8CHAR *) "somebody", 8), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, NULL, 0), CKR_OK);
    CHECK_RV(p11->C_LoginUser(session, CKU_USER, pin, 9, NULL, 0), CKR_USER_ALREADY_LOGGED_IN);
}

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

static void a_signature_may_come_before_the_data(void)
{
    CK_BYTE signature[64];
    CK_ULONG length = sizeof signature;
    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, signature, &length), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureInit(session, &ecdsa, ec_public, signature, length), CKR_OK);
    CHECK_RV(p11->C_VerifySignature(session, data, sizeof data), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureInit(session, &ecdsa, ec_public, signature, length), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureUpdate(session, data, 11), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureUpdate(session, data + 11, sizeof data - 11), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureFinal(session), CKR_OK);
    CHECK_RV(p11->C_VerifySignatureInit(session, &ecdsa, ec_public, signature, length), CKR_OK);
    CHECK_RV(p11->C_VerifySignature(session, data, 3), CKR_SIGNATURE_INVALID);
    CHECK_RV(p11->C_VerifySignatureFinal(session), CKR_OPERATION_NOT_INITIALIZED);
}

static void a_key_is_wrapped_with_authentication(void)
{
    CK_ULONG length = 16, room = sizeof out;
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_AES;
    CK_OBJECT_HANDLE key, again;
    CK_MECHANISM make = {CKM_AES_KEY_GEN, NULL, 0};
    CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_EXTRACTABLE, &yes, 1}, {CKA_SENSITIVE, &no, 1}};
    CK_ATTRIBUTE unwrapped[] = {{CKA_CLASS, &class, sizeof class}, {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_EXTRACTABLE, &yes, 1}, {CKA_SENSITIVE, &no, 1}};
    CK_GCM_MESSAGE_PARAMS parameters = message(CKG_GENERATE_RANDOM);
    CK_MECHANISM wrap = {CKM_AES_GCM, &parameters, sizeof parameters};
    CK_BYTE one[16], two[16], zero[12] = {0};
    CK_ATTRIBUTE first = {CKA_VALUE, one, sizeof one}, second = {CKA_VALUE, two, sizeof two};
    CHECK_RV(p11->C_GenerateKey(session, &make, template, COUNT(template), &key), CKR_OK);
    memset(iv, 0, sizeof iv);
    CHECK_RV(p11->C_WrapKeyAuthenticated(session, &wrap, aes, key, aad, sizeof aad, NULL, &room), CKR_OK);
    CHECK(room == 16);
    CHECK_RV(p11->C_WrapKeyAuthenticated(session, &wrap, aes, key, aad, sizeof aad, out, &room), CKR_OK);
    CHECK(room == 16 && memcmp(iv, zero, sizeof iv) != 0);
    CHECK_RV(p11->C_UnwrapKeyAuthenticated(
                 session, &wrap, aes, out, room, unwrapped, COUNT(unwrapped), aad, sizeof aad, &again),
        CKR_OK);
    CHECK_RV(p11->C_GetAttributeValue(session, key, &first, 1), CKR_OK);
    CHECK_RV(p11->C_GetAttributeValue(session, again, &second, 1), CKR_OK);
    CHECK(memcmp(one, two, sizeof one) == 0);
    CHECK_RV(p11->C_UnwrapKeyAuthenticated(
                 session, &wrap, aes, out, room, unwrapped, COUNT(unwrapped), aad, 2, &again),
        CKR_WRAPPED_KEY_INVALID);
    parameters.ivGenerator = CKG_GENERATE_COUNTER;
    CHECK_RV(p11->C_WrapKeyAuthenticated(session, &wrap, aes, key, aad, sizeof aad, out, &room),
        CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(p11->C_WrapKeyAuthenticated(session, NULL, aes, key, aad, sizeof aad, out, &room), CKR_ARGUMENTS_BAD);
}

/* Without a length among its data the function gives the same first bytes, however many keys follow. */
static void one_derivation_makes_several_keys(void)
{
    CK_ULONG length = 32, base_length = 32;
    CK_OBJECT_CLASS class = CKO_SECRET_KEY;
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_ATTRIBUTE base_template[] = {{CKA_VALUE_LEN, &base_length, sizeof base_length}, {CKA_DERIVE, &yes, 1}};
    CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class}, {CKA_KEY_TYPE, &type, sizeof type},
        {CKA_VALUE_LEN, &length, sizeof length}, {CKA_EXTRACTABLE, &yes, 1}, {CKA_SENSITIVE, &no, 1}};
    CK_MECHANISM make = {CKM_GENERIC_SECRET_KEY_GEN, NULL, 0};
    CK_OBJECT_HANDLE base, key = 0, second = 0, third = 0, again = 0;
    CK_DERIVED_KEY additional[] = {{template, COUNT(template), &second}, {template, COUNT(template), &third}};
    CK_SP800_108_COUNTER_FORMAT counter = {CK_FALSE, 32};
    CK_PRF_DATA_PARAM fields[] = {
        {CK_SP800_108_ITERATION_VARIABLE, &counter, sizeof counter}, {CK_SP800_108_BYTE_ARRAY, "label", 5}};
    CK_SP800_108_KDF_PARAMS parameter = {CKM_SHA256_HMAC, 2, fields, 2, additional};
    CK_MECHANISM derive = {CKM_SP800_108_COUNTER_KDF, &parameter, sizeof parameter};
    CK_BYTE values[4][32];
    CK_OBJECT_HANDLE *keys[] = {&key, &second, &third, &again};
    CHECK_RV(p11->C_GenerateKey(session, &make, base_template, COUNT(base_template), &base), CKR_OK);
    CHECK_RV(p11->C_DeriveKey(session, &derive, base, template, COUNT(template), &key), CKR_OK);
    parameter.ulAdditionalDerivedKeys = 0;
    CHECK_RV(p11->C_DeriveKey(session, &derive, base, template, COUNT(template), &again), CKR_OK);
    for (int i = 0; i < 4; i++) {
        CK_ATTRIBUTE value = {CKA_VALUE, values[i], sizeof values[i]};
        CHECK_RV(p11->C_GetAttributeValue(session, *keys[i], &value, 1), CKR_OK);
    }
    CHECK(memcmp(values[0], values[3], 32) == 0);
    CHECK(memcmp(values[0], values[1], 32) != 0 && memcmp(values[1], values[2], 32) != 0);
    counter.ulWidthInBits = 7;
    CHECK_RV(p11->C_DeriveKey(session, &derive, base, template, COUNT(template), &again), CKR_MECHANISM_PARAM_INVALID);
}

static void a_digest_is_saved_and_goes_on_elsewhere(void)
{
    CK_BYTE state[64], whole[32], resumed[32];
    CK_ULONG length = 0, digest = sizeof whole;
    CK_SESSION_HANDLE other;
    CHECK_RV(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_RV(p11->C_Digest(session, data, sizeof data, whole, &digest), CKR_OK);
    CHECK_RV(p11->C_GetOperationState(session, NULL, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_RV(p11->C_DigestUpdate(session, data, 9), CKR_OK);
    CHECK_RV(p11->C_GetOperationState(session, NULL, &length), CKR_OK);
    CHECK(length > 0 && length <= sizeof state);
    CHECK_RV(p11->C_GetOperationState(session, state, &length), CKR_OK);
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &other), CKR_OK);
    for (int i = 0; i < 2; i++) {
        CHECK_RV(p11->C_SetOperationState(other, state, length, 0, 0), CKR_OK);
        CHECK_RV(p11->C_DigestUpdate(other, data + 9, sizeof data - 9), CKR_OK);
        CHECK_RV(p11->C_DigestFinal(other, resumed, &digest), CKR_OK);
        CHECK(memcmp(whole, resumed, sizeof whole) == 0);
    }
    CHECK_RV(p11->C_SetOperationState(other, state, length, aes, 0), CKR_KEY_NOT_NEEDED);
    state[3] ^= 1;
    CHECK_RV(p11->C_SetOperationState(other, state, length, 0, 0), CKR_SAVED_STATE_INVALID);
    CHECK_RV(p11->C_CloseSession(other), CKR_OK);
    CHECK_RV(p11->C_SessionCancel(session, CKF_DIGEST), CKR_OK);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_GetOperationState(session, NULL, &length), CKR_STATE_UNSAVEABLE);
    CHECK_RV(p11->C_SessionCancel(session, CKF_SIGN), CKR_OK);
}

static void nothing_is_ever_pending(void)
{
    CK_ASYNC_DATA result = {0};
    CK_ULONG id;
    CK_SESSION_HANDLE asynchronous;
    CK_SESSION_INFO info;
    CK_UTF8CHAR *name = (CK_UTF8CHAR *) "C_Sign";
    CHECK_RV(p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_ASYNC_SESSION, NULL, NULL, &asynchronous), CKR_OK);
    CHECK_RV(p11->C_GetSessionInfo(asynchronous, &info), CKR_OK);
    CHECK(info.flags == (CKF_SERIAL_SESSION | CKF_ASYNC_SESSION));
    CHECK_RV(p11->C_AsyncComplete(asynchronous, name, &result), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_AsyncGetID(asynchronous, name, &id), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_AsyncJoin(asynchronous, name, 1, out, sizeof out), CKR_SAVED_STATE_INVALID);
    CHECK_RV(p11->C_AsyncComplete(NOWHERE, name, &result), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_AsyncGetID(asynchronous, NULL, &id), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_CloseSession(asynchronous), CKR_OK);
    CHECK_RV(p11->C_GetFunctionStatus(session), CKR_FUNCTION_NOT_PARALLEL);
    CHECK_RV(p11->C_CancelFunction(session), CKR_FUNCTION_NOT_PARALLEL);
}

static void no_operation_has_been_validated(void)
{
    CK_FLAGS flags = 77;
    CHECK_RV(p11->C_GetSessionValidationFlags(session, CKS_LAST_VALIDATION_OK, &flags), CKR_OK);
    CHECK(flags == 0);
    CHECK_RV(p11->C_GetSessionValidationFlags(NOWHERE, CKS_LAST_VALIDATION_OK, &flags), CKR_SESSION_HANDLE_INVALID);
    CHECK_RV(p11->C_GetSessionValidationFlags(session, CKS_LAST_VALIDATION_OK, NULL), CKR_ARGUMENTS_BAD);
}

static void data_come_back_out_of_their_signature(void)
{
    CK_ULONG bits = 2048, length = 0, recovered = sizeof out;
    CK_BYTE signature[256];
    CK_OBJECT_HANDLE public_key, private_key;
    CK_MECHANISM make = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0}, rsa = {CKM_RSA_PKCS, NULL, 0};
    CK_ATTRIBUTE verifies[] = {{CKA_MODULUS_BITS, &bits, sizeof bits}, {CKA_VERIFY_RECOVER, &yes, 1}};
    CK_ATTRIBUTE signs[] = {{CKA_SIGN_RECOVER, &yes, 1}};
    CHECK_RV(p11->C_GenerateKeyPair(session, &make, verifies, 2, signs, 1, &public_key, &private_key), CKR_OK);
    CHECK_RV(p11->C_SignRecoverInit(session, &rsa, private_key), CKR_OK);
    CHECK_RV(p11->C_SignRecover(session, data, sizeof data, NULL, &length), CKR_OK);
    CHECK(length == sizeof signature);
    CHECK_RV(p11->C_SignRecover(session, data, sizeof data, signature, &length), CKR_OK);
    CHECK_RV(p11->C_VerifyRecoverInit(session, &rsa, public_key), CKR_OK);
    CHECK_RV(p11->C_VerifyRecover(session, signature, length, out, &recovered), CKR_OK);
    CHECK(recovered == sizeof data && memcmp(out, data, sizeof data) == 0);
    signature[9] ^= 1;
    recovered = sizeof out;
    CHECK_RV(p11->C_VerifyRecoverInit(session, &rsa, public_key), CKR_OK);
    CHECK_RV(p11->C_VerifyRecover(session, signature, length, out, &recovered), CKR_SIGNATURE_INVALID);
    CHECK_RV(p11->C_VerifyRecover(session, signature, length, out, &recovered), CKR_OPERATION_NOT_INITIALIZED);
}

static void a_key_is_agreed_on_by_encapsulation(void)
{
    CK_ULONG set = CKP_ML_KEM_768, length = 0, ciphertext = 0;
    CK_BYTE wrapped[1200], one[32], two[32];
    CK_KEY_TYPE type = CKK_GENERIC_SECRET;
    CK_OBJECT_HANDLE public_key, private_key, sent = 0, received = 0;
    CK_MECHANISM make = {CKM_ML_KEM_KEY_PAIR_GEN, NULL, 0}, kem = {CKM_ML_KEM, NULL, 0};
    CK_ATTRIBUTE encapsulates[] = {{CKA_PARAMETER_SET, &set, sizeof set}, {CKA_ENCAPSULATE, &yes, 1}};
    CK_ATTRIBUTE decapsulates[] = {{CKA_DECAPSULATE, &yes, 1}};
    CK_ATTRIBUTE template[] = {{CKA_KEY_TYPE, &type, sizeof type}, {CKA_SENSITIVE, &no, 1}};
    CK_ATTRIBUTE first = {CKA_VALUE, one, sizeof one}, second = {CKA_VALUE, two, sizeof two};
    CHECK_RV(p11->C_GenerateKeyPair(session, &make, encapsulates, 2, decapsulates, 1, &public_key, &private_key), CKR_OK);
    CHECK_RV(p11->C_EncapsulateKey(session, &kem, public_key, template, 2, NULL, &length, &sent), CKR_OK);
    CHECK(length == 1088);
    ciphertext = length - 1;
    CHECK_RV(p11->C_EncapsulateKey(session, &kem, public_key, template, 2, wrapped, &ciphertext, &sent),
        CKR_BUFFER_TOO_SMALL);
    ciphertext = sizeof wrapped;
    CHECK_RV(p11->C_EncapsulateKey(session, &kem, public_key, template, 2, wrapped, &ciphertext, &sent), CKR_OK);
    CHECK_RV(p11->C_DecapsulateKey(session, &kem, private_key, template, 2, wrapped, ciphertext, &received), CKR_OK);
    CHECK_RV(p11->C_GetAttributeValue(session, sent, &first, 1), CKR_OK);
    CHECK_RV(p11->C_GetAttributeValue(session, received, &second, 1), CKR_OK);
    CHECK(first.ulValueLen == 32 && memcmp(one, two, sizeof one) == 0);
    CHECK_RV(p11->C_DecapsulateKey(session, &kem, private_key, template, 2, wrapped, ciphertext - 1, &received),
        CKR_WRAPPED_KEY_LEN_RANGE);
    CHECK_RV(p11->C_DecapsulateKey(session, &kem, public_key, template, 2, wrapped, ciphertext, &received),
        CKR_KEY_FUNCTION_NOT_PERMITTED);
}

static void recovery_and_encapsulation_need_a_mechanism_for_it(void)
{
    CK_ULONG length = sizeof out;
    CK_OBJECT_HANDLE key;
    CHECK_RV(p11->C_SignRecoverInit(session, &ecdsa, ec_private), CKR_MECHANISM_INVALID);
    CHECK_RV(p11->C_VerifyRecoverInit(session, &ecdsa, ec_public), CKR_MECHANISM_INVALID);
    CHECK_RV(p11->C_SignRecover(session, data, 1, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_VerifyRecover(session, data, 1, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_EncapsulateKey(session, &ecdsa, ec_public, NULL, 0, out, &length, &key), CKR_MECHANISM_INVALID);
    CHECK_RV(p11->C_DecapsulateKey(session, &ecdsa, ec_private, NULL, 0, out, 5, &key), CKR_MECHANISM_INVALID);
}

/* PKCS#11 3.2 section 5.2 and those of the functions: any fault but a buffer too small ends the operation. */
static void a_bad_pointer_ends_the_operation(void)
{
    CK_ULONG length = sizeof out;
    CHECK_RV(p11->C_DigestInit(session, &sha256), CKR_OK);
    CHECK_RV(p11->C_DigestUpdate(session, NULL, 5), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_DigestFinal(session, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, NULL), CKR_ARGUMENTS_BAD);
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_VerifyUpdate(NOWHERE, NULL, 5), CKR_SESSION_HANDLE_INVALID);
}

static void a_length_query_of_a_dual_function_feeds_nothing(void)
{
    CK_BYTE block[16] = {0};
    CK_MECHANISM cbc = {CKM_AES_CBC, block, sizeof block};
    CK_ULONG length = 0;
    CHECK_RV(p11->C_EncryptInit(session, &cbc, aes), CKR_OK);
    CHECK_RV(p11->C_SignEncryptUpdate(session, data, 32, out, &length), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_SignInit(session, &ecdsa, ec_private), CKR_OK);
    CHECK_RV(p11->C_SignEncryptUpdate(session, data, 32, NULL, &length), CKR_OK);
    CHECK(length == 32);
    length = sizeof out;
    CHECK_RV(p11->C_Sign(session, data, sizeof data, out, &length), CKR_OK);
    CHECK_RV(p11->C_SessionCancel(session, CKF_ENCRYPT), CKR_OK);
    CHECK_RV(p11->C_EncryptFinal(session, out, &length), CKR_OPERATION_NOT_INITIALIZED);
}

struct waiter {
    CK_SLOT_ID slot;
    CK_RV rv;
};

static void *waits(void *given)
{
    struct waiter *waiter = given;
    waiter->rv = p11->C_WaitForSlotEvent(0, &waiter->slot, NULL);
    return NULL;
}

static void a_slot_event_wakes_who_waits_and_so_does_finalize(void)
{
    CK_SLOT_ID slot, seen = 0;
    struct waiter first = {NOWHERE, CKR_OK}, second = {NOWHERE, CKR_OK};
    pthread_t thread;
    CK_UTF8CHAR label[32];
    memset(label, ' ', sizeof label);
    CHECK_RV(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL), CKR_NO_EVENT);
    CHECK(pthread_create(&thread, NULL, waits, &first) == 0);
    CHECK_RV(p11->C_InitToken(1, (CK_UTF8CHAR *) "so-1234", 7, label), CKR_OK);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_RV(first.rv, CKR_OK);
    CHECK(first.slot == 1);
    while (p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL) == CKR_OK) {
        seen = slot;
    }
    CHECK(seen == 2);
    CHECK(pthread_create(&thread, NULL, waits, &second) == 0);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_RV(second.rv, CKR_CRYPTOKI_NOT_INITIALIZED);
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
    RUN(a_message_gets_its_nonce_and_its_tag);
    RUN(a_message_in_parts_is_the_whole_message);
    RUN(parameters_of_messages_are_checked);
    RUN(messages_are_signed_and_verified);
    RUN(a_signature_may_come_before_the_data);
    RUN(a_key_is_wrapped_with_authentication);
    RUN(one_derivation_makes_several_keys);
    RUN(a_digest_is_saved_and_goes_on_elsewhere);
    RUN(nothing_is_ever_pending);
    RUN(no_operation_has_been_validated);
    RUN(data_come_back_out_of_their_signature);
    RUN(a_key_is_agreed_on_by_encapsulation);
    RUN(recovery_and_encapsulation_need_a_mechanism_for_it);
    RUN(a_bad_pointer_ends_the_operation);
    RUN(a_length_query_of_a_dual_function_feeds_nothing);
    RUN(a_slot_event_wakes_who_waits_and_so_does_finalize);
    return check_result();
}
