// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Keys that are wrapped, derived and agreed on. */
#include "functions.h"

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

/* The private key of section 4.9.1 in a function without an Init: refused, logged in for, done once. */
static void a_key_that_asks_for_the_pin_is_asked_for_in_a_derivation_too(void)
{
    CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}, point[67];
    CK_ATTRIBUTE public_key[] = {{CKA_EC_PARAMS, p256, sizeof p256}};
    CK_ATTRIBUTE private_key[] = {{CKA_DERIVE, &yes, 1}, {CKA_PRIVATE, &yes, 1}, {CKA_ALWAYS_AUTHENTICATE, &yes, 1}};
    CK_ATTRIBUTE read = {CKA_EC_POINT, point, sizeof point};
    CK_MECHANISM pair = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
    CK_OBJECT_HANDLE mine, theirs, made;
    CHECK_RV(p11->C_GenerateKeyPair(session, &pair, public_key, 1, private_key, 3, &theirs, &mine), CKR_OK);
    CHECK_RV(p11->C_GetAttributeValue(session, theirs, &read, 1), CKR_OK);
    CK_ECDH1_DERIVE_PARAMS agreement = {CKD_NULL, 0, NULL, 65, point + 2};
    CK_MECHANISM ecdh = {CKM_ECDH1_DERIVE, &agreement, sizeof agreement};
    CHECK_RV(p11->C_Login(session, CKU_CONTEXT_SPECIFIC, (CK_UTF8CHAR *) "user-1234", 9), CKR_OPERATION_NOT_INITIALIZED);
    CHECK_RV(p11->C_DeriveKey(session, &ecdh, mine, NULL, 0, &made), CKR_USER_NOT_LOGGED_IN);
    CHECK_RV(p11->C_Login(session, CKU_CONTEXT_SPECIFIC, (CK_UTF8CHAR *) "user-1234", 9), CKR_OK);
    CHECK_RV(p11->C_DeriveKey(session, &ecdh, mine, NULL, 0, &made), CKR_OK);
    CHECK_RV(p11->C_DeriveKey(session, &ecdh, mine, NULL, 0, &made), CKR_USER_NOT_LOGGED_IN);
}

void test_keys(void)
{
    RUN(a_key_is_wrapped_with_authentication);
    RUN(one_derivation_makes_several_keys);
    RUN(a_key_is_agreed_on_by_encapsulation);
    RUN(recovery_and_encapsulation_need_a_mechanism_for_it);
    RUN(a_key_that_asks_for_the_pin_is_asked_for_in_a_derivation_too);
}
