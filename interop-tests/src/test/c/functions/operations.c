// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Operations that are saved, recovered, begun and ended in other ways than before 3.0. */
#include "functions.h"

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

void test_operations(void)
{
    RUN(a_signature_may_come_before_the_data);
    RUN(a_digest_is_saved_and_goes_on_elsewhere);
    RUN(nothing_is_ever_pending);
    RUN(no_operation_has_been_validated);
    RUN(data_come_back_out_of_their_signature);
    RUN(a_bad_pointer_ends_the_operation);
    RUN(a_length_query_of_a_dual_function_feeds_nothing);
}
