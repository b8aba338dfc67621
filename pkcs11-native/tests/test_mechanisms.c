// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "fake.h"
#include "functions.h"

static CK_BYTE bytes[64] = {1, 2, 3, 4};

static CK_RV init(CK_MECHANISM_TYPE type, const void *parameter, CK_ULONG length)
{
    CK_MECHANISM mechanism = {type, (void *) parameter, length};
    fake.answer_length = 0;
    return C_SignInit(1, &mechanism, 2);
}

#define SENT(values) CHECK(fake_requested("0000000000000001" values "0000000000000002"))

static void a_mechanism_without_parameter_is_its_type(void)
{
    CHECK_RV(init(CKM_ECDSA, NULL, 0), CKR_OK);
    SENT("00001041");
    CHECK_RV(init(CKM_ECDSA, bytes, 0), CKR_OK);
    SENT("00001041");
    CHECK_RV(init(CKM_ECDSA, bytes, 4), CKR_MECHANISM_PARAM_INVALID);
}

static void structs_are_written_field_by_field(void)
{
    CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, 32};
    CHECK_RV(init(CKM_RSA_PKCS_PSS, &pss, sizeof pss), CKR_OK);
    SENT("0000000d 01 0000000000000250 0000000000000002 0000000000000020");
    CK_RSA_PKCS_OAEP_PARAMS oaep = {CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, bytes, 2};
    CHECK_RV(init(CKM_RSA_PKCS_OAEP, &oaep, sizeof oaep), CKR_OK);
    SENT("00000009 01 0000000000000220 0000000000000001 0000000000000001 00000002 0102");
    CK_GCM_PARAMS gcm = {bytes, 3, 24, NULL, 0, 128};
    CHECK_RV(init(CKM_AES_GCM, &gcm, sizeof gcm), CKR_OK);
    SENT("00001087 01 00000003 010203 0000000000000018 ffffffff 0000000000000080");
    CK_AES_CTR_PARAMS ctr = {128, {9}};
    CHECK_RV(init(CKM_AES_CTR, &ctr, sizeof ctr), CKR_OK);
    SENT("00001086 01 0000000000000080 00000010 09000000000000000000000000000000");
    CK_ECDH1_DERIVE_PARAMS ecdh = {CKD_NULL, 0, NULL, 4, bytes};
    CHECK_RV(init(CKM_ECDH1_DERIVE, &ecdh, sizeof ecdh), CKR_OK);
    SENT("00001050 01 0000000000000001 ffffffff 00000004 01020304");
    CK_EDDSA_PARAMS eddsa = {CK_TRUE, 1, bytes};
    CHECK_RV(init(CKM_EDDSA, &eddsa, sizeof eddsa), CKR_OK);
    SENT("00001057 01 01 00000001 01");
    CK_ULONG general = 8;
    CHECK_RV(init(CKM_SHA256_HMAC_GENERAL, &general, sizeof general), CKR_OK);
    SENT("00000252 01 0000000000000008");
    CK_HKDF_PARAMS hkdf = {1, 0, CKM_SHA256, CKF_HKDF_SALT_DATA, bytes, 1, 7, bytes, 2};
    CHECK_RV(init(CKM_HKDF_DERIVE, &hkdf, sizeof hkdf), CKR_OK);
    SENT("0000402a 01 01 00 0000000000000250 0000000000000002 00000001 01 0000000000000007 00000002 0102");
}

static void lengths_in_bits_are_written_as_bytes(void)
{
    CK_CHACHA20_PARAMS chacha = {bytes, 32, bytes, 96};
    CHECK_RV(init(CKM_CHACHA20, &chacha, sizeof chacha), CKR_OK);
    SENT("00001226 01 00000004 01020304 0000000c 010203040000000000000000");
    chacha.ulNonceBits = 95;
    CHECK_RV(init(CKM_CHACHA20, &chacha, sizeof chacha), CKR_MECHANISM_PARAM_INVALID);
    CK_SALSA20_PARAMS salsa = {bytes, bytes, 64};
    CHECK_RV(init(CKM_SALSA20, &salsa, sizeof salsa), CKR_OK);
    SENT("00004020 01 00000008 0102030400000000 00000008 0102030400000000");
    salsa.pBlockCounter = NULL;
    CHECK_RV(init(CKM_SALSA20, &salsa, sizeof salsa), CKR_MECHANISM_PARAM_INVALID);
    CK_SALSA20_CHACHA20_POLY1305_PARAMS poly = {bytes, 12, bytes, 1};
    CHECK_RV(init(CKM_CHACHA20_POLY1305, &poly, sizeof poly), CKR_OK);
    SENT("00004021 01 0000000c 010203040000000000000000 00000001 01");
    poly.ulNonceLen = 96;
    CHECK_RV(init(CKM_CHACHA20_POLY1305, &poly, sizeof poly), CKR_OK);
    SENT("00004021 01 0000000c 010203040000000000000000 00000001 01");
}

static void the_length_of_a_password_is_there_or_is_pointed_to(void)
{
    CK_ULONG length = 3;
    CK_PKCS5_PBKD2_PARAMS old = {1, bytes, 2, 2048, 4, NULL, 0, bytes, &length};
    CHECK_RV(init(CKM_PKCS5_PBKD2, &old, sizeof old), CKR_OK);
    SENT("000003b0 01 0000000000000001 00000002 0102 0000000000000800 0000000000000004 ffffffff 00000003 010203");
    CK_PKCS5_PBKD2_PARAMS2 new = {1, bytes, 2, 2048, 4, NULL, 0, bytes, 3};
    CHECK_RV(init(CKM_PKCS5_PBKD2, &new, sizeof new), CKR_OK);
    SENT("000003b0 01 0000000000000001 00000002 0102 0000000000000800 0000000000000004 ffffffff 00000003 010203");
    new.ulPasswordLen = CK_UNAVAILABLE_INFORMATION;
    CHECK_RV(init(CKM_PKCS5_PBKD2, &new, sizeof new), CKR_MECHANISM_PARAM_INVALID);
    old.ulPasswordLen = (CK_ULONG_PTR) ((CK_BYTE *) &length + 1);
    CHECK_RV(init(CKM_PKCS5_PBKD2, &old, sizeof old), CKR_MECHANISM_PARAM_INVALID);
    old.ulPasswordLen = NULL;
    old.pPassword = NULL;
    CHECK_RV(init(CKM_PKCS5_PBKD2, &old, sizeof old), CKR_OK);
    SENT("000003b0 01 0000000000000001 00000002 0102 0000000000000800 0000000000000004 ffffffff ffffffff");
}

static void the_fields_of_a_pseudorandom_function_are_written_one_by_one(void)
{
    CK_SP800_108_COUNTER_FORMAT counter = {CK_TRUE, 16};
    CK_SP800_108_DKM_LENGTH_FORMAT length = {CK_SP800_108_DKM_LENGTH_SUM_OF_SEGMENTS, CK_FALSE, 32};
    CK_OBJECT_HANDLE key = 7;
    CK_PRF_DATA_PARAM fields[] = {
        {CK_SP800_108_ITERATION_VARIABLE, &counter, sizeof counter},
        {CK_SP800_108_BYTE_ARRAY, bytes, 2},
        {CK_SP800_108_DKM_LENGTH, &length, sizeof length},
        {CK_SP800_108_KEY_HANDLE, &key, sizeof key},
    };
    CK_SP800_108_KDF_PARAMS kdf = {CKM_SHA256_HMAC, 4, fields, 0, NULL};
    CHECK_RV(init(CKM_SP800_108_COUNTER_KDF, &kdf, sizeof kdf), CKR_OK);
    SENT("000003ac 01 0000000000000251 00000004"
         "0000000000000001 ffffffff 01 0000000000000010 0000000000000000 0000000000000000"
         "0000000000000004 00000002 0102 00 0000000000000000 0000000000000000 0000000000000000"
         "0000000000000003 ffffffff 00 0000000000000020 0000000000000002 0000000000000000"
         "0000000000000005 ffffffff 00 0000000000000000 0000000000000000 0000000000000007 00000000");
    fields[3].ulValueLen = 1;
    CHECK_RV(init(CKM_SP800_108_COUNTER_KDF, &kdf, sizeof kdf), CKR_MECHANISM_PARAM_INVALID);
    CK_SP800_108_FEEDBACK_KDF_PARAMS feedback = {CKM_SHA256_HMAC, 0, NULL, 1, bytes, 0, NULL};
    CHECK_RV(init(CKM_SP800_108_FEEDBACK_KDF, &feedback, sizeof feedback), CKR_OK);
    SENT("000003ad 01 0000000000000251 00000000 00000001 01 00000000");
}

static void a_struct_inside_a_struct_is_part_of_it(void)
{
    CK_TLS_KDF_PARAMS kdf = {CKM_SHA256, bytes, 1, {bytes, 2, bytes, 3}, NULL, 0};
    CHECK_RV(init(CKM_TLS_KDF, &kdf, sizeof kdf), CKR_OK);
    SENT("000003e5 01 0000000000000250 00000001 01 00000002 0102 00000003 010203 ffffffff");
    CK_TLS12_MASTER_KEY_DERIVE_PARAMS master = {{bytes, 2, bytes, 3}, NULL, CKM_SHA256};
    CHECK_RV(init(CKM_TLS12_MASTER_KEY_DERIVE_DH, &master, sizeof master), CKR_OK);
    SENT("000003e2 01 00000002 0102 00000003 010203 0000000000000250");
}

static void a_struct_within_a_struct_is_followed(void)
{
    CK_RSA_PKCS_OAEP_PARAMS oaep = {CKM_SHA_1, CKG_MGF1_SHA1, 0, NULL, 0};
    CK_RSA_AES_KEY_WRAP_PARAMS wrap = {256, &oaep};
    CHECK_RV(init(CKM_RSA_AES_KEY_WRAP, &wrap, sizeof wrap), CKR_OK);
    SENT("00001054 01 0000000000000100 0000000000000220 0000000000000001 0000000000000000 ffffffff");
    wrap.pOAEPParams = NULL;
    CHECK_RV(init(CKM_RSA_AES_KEY_WRAP, &wrap, sizeof wrap), CKR_MECHANISM_PARAM_INVALID);
}

static void a_struct_at_an_odd_address_is_read(void)
{
    CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, 32};
    CK_BYTE shifted[sizeof pss + 1];
    memcpy(shifted + 1, &pss, sizeof pss);
    CHECK_RV(init(CKM_SHA256_RSA_PKCS_PSS, shifted + 1, sizeof pss), CKR_OK);
    SENT("00000043 01 0000000000000250 0000000000000002 0000000000000020");
}

static void other_parameters_are_bytes(void)
{
    CHECK_RV(init(CKM_AES_CBC, bytes, 16), CKR_OK);
    SENT("00001082 01 00000010 01020304000000000000000000000000");
    CHECK_RV(init(CKM_AES_CBC, bytes, 3), CKR_OK);
    SENT("00001082 01 00000003 010203");
    CHECK_RV(init(CKM_AES_KEY_WRAP_KWP, NULL, 0), CKR_OK);
    SENT("0000210b 00");
    CHECK_RV(init(CKM_VENDOR_DEFINED + 1, bytes, 1), CKR_OK);
    SENT("80000001 01 00000001 01");
}

static void wrong_parameter_lengths_are_param_invalid(void)
{
    CK_RSA_PKCS_PSS_PARAMS pss = {CKM_SHA256, CKG_MGF1_SHA256, 32};
    CHECK_RV(init(CKM_RSA_PKCS_PSS, &pss, sizeof pss - 1), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_RSA_PKCS_PSS, &pss, sizeof pss + 1), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_RSA_PKCS_PSS, &pss, 0), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_RSA_PKCS_PSS, NULL, sizeof pss), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_AES_CBC, NULL, 16), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_AES_CBC, bytes, CK_UNAVAILABLE_INFORMATION), CKR_MECHANISM_PARAM_INVALID);
    CHECK_RV(init(CKM_AES_MAC_GENERAL, bytes, 4), CKR_MECHANISM_PARAM_INVALID);
}

static void impossible_pointers_within_a_parameter_are_param_invalid(void)
{
    CK_GCM_PARAMS gcm = {NULL, 12, 96, NULL, 0, 128};
    CHECK_RV(init(CKM_AES_GCM, &gcm, sizeof gcm), CKR_MECHANISM_PARAM_INVALID);
    gcm.pIv = bytes;
    gcm.ulIvLen = CK_UNAVAILABLE_INFORMATION;
    CHECK_RV(init(CKM_AES_GCM, &gcm, sizeof gcm), CKR_MECHANISM_PARAM_INVALID);
}

static void a_parameter_left_out_is_told_to_the_other_side(void)
{
    CHECK_RV(init(CKM_RSA_PKCS_PSS, NULL, 0), CKR_OK);
    SENT("0000000d 00");
}

static void no_mechanism_cancels_at_init_and_is_arguments_bad_elsewhere(void)
{
    CK_OBJECT_HANDLE handle;
    fake.answer_length = 0;
    CHECK_RV(C_SignInit(1, NULL, 2), CKR_OK);
    SENT("ffffffff");
    CHECK_RV(C_GenerateKey(1, NULL, NULL, 0, &handle), CKR_ARGUMENTS_BAD);
}

static void a_type_that_the_wire_cannot_carry_is_mechanism_invalid(void)
{
    CHECK_RV(init(0xffffffff, NULL, 0), CKR_MECHANISM_INVALID);
    CHECK_RV(init(0x100000001, NULL, 0), CKR_MECHANISM_INVALID);
}

static void additional_keys_get_their_handles_where_the_parameter_says(void)
{
    CK_ULONG length = 16;
    CK_ATTRIBUTE template = {CKA_VALUE_LEN, &length, sizeof length};
    CK_OBJECT_HANDLE key = 0, first = 0, second = 0;
    CK_DERIVED_KEY additional[] = {{&template, 1, &first}, {NULL, 0, &second}};
    CK_PRF_DATA_PARAM fields[] = {{CK_SP800_108_ITERATION_VARIABLE, NULL, 0}, {CK_SP800_108_BYTE_ARRAY, "ab", 2}};
    CK_SP800_108_KDF_PARAMS parameter = {CKM_SHA256_HMAC, 2, fields, 2, additional};
    CK_MECHANISM mechanism = {CKM_SP800_108_COUNTER_KDF, &parameter, sizeof parameter};
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000005 01 0000000000000006 0000000000000007");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_OK);
    CHECK(key == 5 && first == 6 && second == 7);
    CHECK(fake_requested("0000000000000001 000003ac 01 0000000000000251 00000002 "
                         "0000000000000001 ffffffff 00 0000000000000000 0000000000000000 0000000000000000 "
                         "0000000000000004 00000002 6162 00 0000000000000000 0000000000000000 0000000000000000 00000002 00000001 00000161 01 00000008 0000000000000010 00000000 "
                         "0000000000000002 00000000"));
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000005 01 0000000000000006");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_DEVICE_ERROR);
    additional[1].phKey = NULL;
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_MECHANISM_PARAM_INVALID);
    parameter.ulNumberOfDataParams = ~(CK_ULONG) 0;
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_MECHANISM_PARAM_INVALID);
}

static void keys_and_ivs_of_a_connection_come_back_in_the_parameter(void)
{
    CK_BYTE client[4] = {0}, server[4] = {0};
    CK_SSL3_KEY_MAT_OUT out = {0, 0, 0, 0, client, server};
    CK_TLS12_KEY_MAT_PARAMS parameter = {0, 128, 32, CK_FALSE, {bytes, 2, bytes, 3}, &out, CKM_SHA256};
    CK_MECHANISM mechanism = {CKM_TLS12_KEY_AND_MAC_DERIVE, &parameter, sizeof parameter};
    fake_answer(
        CALL_C_DeriveKey3, "uP",
        "0000000000000000 01 0000000000000000 0000000000000000 0000000000000006 0000000000000007 00000004 01020304 "
        "00000004 05060708");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_OK);
    CHECK(out.hClientMacSecret == 0 && out.hClientKey == 6 && out.hServerKey == 7);
    CHECK(memcmp(client, "\1\2\3\4", 4) == 0 && memcmp(server, "\5\6\7\10", 4) == 0);
    CHECK(fake_requested("0000000000000001 000003e1 01 0000000000000000 0000000000000080 0000000000000020 00 "
                         "00000002 0102 00000003 010203 0000000000000250 0000000000000002 00000000"));
    fake_answer(
        CALL_C_DeriveKey3, "uP",
        "0000000000000000 01 0000000000000000 0000000000000000 0000000000000008 0000000000000009 00000005 0102030405 "
        "00000005 0506070809");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_DEVICE_ERROR);
    CHECK(out.hClientKey == 6 && client[0] == 1);
    out.pIVClient = NULL;
    fake_answer(
        CALL_C_DeriveKey3, "uP",
        "0000000000000000 01 0000000000000000 0000000000000000 0000000000000008 0000000000000009 00000000 00000000");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_OK);
    CHECK(out.hClientKey == 8 && server[0] == 5);
    parameter.pReturnedKeyMaterial = NULL;
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_MECHANISM_PARAM_INVALID);
}

static void a_version_comes_back_where_the_caller_wants_it(void)
{
    CK_VERSION version = {9, 9};
    CK_OBJECT_HANDLE key = 0;
    CK_TLS12_MASTER_KEY_DERIVE_PARAMS parameter = {{bytes, 2, bytes, 3}, &version, CKM_SHA256};
    CK_MECHANISM mechanism = {CKM_TLS12_MASTER_KEY_DERIVE, &parameter, sizeof parameter};
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000005 01 00000002 0303");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_OK);
    CHECK(key == 5 && version.major == 3 && version.minor == 3);
    parameter.pVersion = NULL;
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000006 01 00000002 0303");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, &key), CKR_OK);
    CHECK(key == 6);
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_ARGUMENTS_BAD);
}

static void what_a_pseudorandom_function_gives_has_the_wanted_length(void)
{
    CK_BYTE output[3] = {0};
    CK_ULONG length = sizeof output;
    CK_TLS_PRF_PARAMS parameter = {bytes, 2, bytes, 1, output, &length};
    CK_MECHANISM mechanism = {CKM_TLS_PRF, &parameter, sizeof parameter};
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000000 01 00000003 0a0b0c");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_OK);
    CHECK(output[0] == 10 && output[2] == 12);
    CHECK(fake_requested("0000000000000001 00000378 01 00000002 0102 00000001 01 0000000000000003 0000000000000002 00000000"));
    fake_answer(CALL_C_DeriveKey3, "uP", "0000000000000000 01 00000002 0a0b");
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_DEVICE_ERROR);
    parameter.pulOutputLen = NULL;
    CHECK_RV(C_DeriveKey(1, &mechanism, 2, NULL, 0, NULL), CKR_MECHANISM_PARAM_INVALID);
}

static void an_iv_of_a_password_comes_back_with_its_key(void)
{
    CK_BYTE iv[8] = {0};
    CK_OBJECT_HANDLE key = 0;
    CK_PBE_PARAMS parameter = {iv, bytes, 2, bytes, 3, 5};
    CK_MECHANISM mechanism = {CKM_PBE_SHA1_DES3_EDE_CBC, &parameter, sizeof parameter};
    fake_answer(CALL_C_GenerateKey2, "uP", "0000000000000005 01 00000008 0102030405060708");
    CHECK_RV(C_GenerateKey(1, &mechanism, NULL, 0, &key), CKR_OK);
    CHECK(key == 5 && iv[0] == 1 && iv[7] == 8);
    CHECK(fake_requested("0000000000000001 000003a8 01 00000002 0102 00000003 010203 0000000000000005 00000000"));
    mechanism.mechanism = CKM_PBA_SHA1_WITH_SHA1_HMAC;
    parameter.pInitVector = NULL;
    fake_answer(CALL_C_GenerateKey2, "uP", "0000000000000006 00");
    CHECK_RV(C_GenerateKey(1, &mechanism, NULL, 0, &key), CKR_OK);
    CHECK(key == 6);
}

int main(void)
{
    fake_initialise();
    RUN(a_mechanism_without_parameter_is_its_type);
    RUN(structs_are_written_field_by_field);
    RUN(lengths_in_bits_are_written_as_bytes);
    RUN(the_length_of_a_password_is_there_or_is_pointed_to);
    RUN(the_fields_of_a_pseudorandom_function_are_written_one_by_one);
    RUN(a_struct_inside_a_struct_is_part_of_it);
    RUN(a_struct_within_a_struct_is_followed);
    RUN(a_struct_at_an_odd_address_is_read);
    RUN(other_parameters_are_bytes);
    RUN(wrong_parameter_lengths_are_param_invalid);
    RUN(impossible_pointers_within_a_parameter_are_param_invalid);
    RUN(a_parameter_left_out_is_told_to_the_other_side);
    RUN(no_mechanism_cancels_at_init_and_is_arguments_bad_elsewhere);
    RUN(a_type_that_the_wire_cannot_carry_is_mechanism_invalid);
    RUN(additional_keys_get_their_handles_where_the_parameter_says);
    RUN(keys_and_ivs_of_a_connection_come_back_in_the_parameter);
    RUN(a_version_comes_back_where_the_caller_wants_it);
    RUN(what_a_pseudorandom_function_gives_has_the_wanted_length);
    RUN(an_iv_of_a_password_comes_back_with_its_key);
    return check_result();
}
