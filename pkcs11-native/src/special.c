// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* The calls whose parameters do not follow from their signature. */
#include <string.h>

#include "attributes.h"
#include "call.h"
#include "functions.h"

CK_RV C_GetAttributeValue(
    CK_SESSION_HANDLE hSession, CK_OBJECT_HANDLE hObject, CK_ATTRIBUTE_PTR pTemplate, CK_ULONG ulCount)
{
    struct call call;
    call_begin(&call, CALL_C_GetAttributeValue, REQUEST_C_GetAttributeValue);
    put_ulong(&call, hSession);
    put_ulong(&call, hObject);
    put_attribute_buffer(&call, pTemplate, ulCount);
    call_run(&call, RESPONSE_C_GetAttributeValue);
    get_attribute_array(&call, pTemplate, ulCount);
    return call_end(&call);
}

/* Without pulSignatureLen the message goes on and there is no signature yet. */
CK_RV C_SignMessageNext(CK_SESSION_HANDLE hSession, CK_VOID_PTR pParameter, CK_ULONG ulParameterLen, CK_BYTE_PTR pData,
    CK_ULONG ulDataLen, CK_BYTE_PTR pSignature, CK_ULONG_PTR pulSignatureLen)
{
    bool last = pulSignatureLen != NULL;
    CK_ULONG none = 0;
    CK_ULONG *length = last ? pulSignatureLen : &none;
    struct call call;
    call_begin(&call, CALL_C_SignMessageNext, REQUEST_C_SignMessageNext);
    put_ulong(&call, hSession);
    put_byte_array(&call, pParameter, ulParameterLen);
    put_byte_array(&call, pData, ulDataLen);
    put_byte(&call, last);
    put_byte_buffer(&call, last ? pSignature : NULL, length);
    call_run(&call, RESPONSE_C_SignMessageNext);
    get_byte_array(&call, length);
    return call_end_message_step(&call, hSession, CKF_MESSAGE_SIGN);
}

/* A function's name, which must be text: the caller's functions are the other side's to know. */
static void put_name(struct call *call, const CK_UTF8CHAR *name)
{
    call_require(call, name != NULL, CKR_ARGUMENTS_BAD);
    if (call->rv == CKR_OK) {
        put_length_and_bytes(call, name, strlen((const char *) name), CKR_ARGUMENTS_BAD);
    }
}

/* pResult may be NULL for functions without one; nothing completes that was not pending. */
CK_RV C_AsyncComplete(CK_SESSION_HANDLE hSession, CK_UTF8CHAR_PTR pFunctionName, CK_ASYNC_DATA_PTR pResult)
{
    (void) pResult;
    struct call call;
    call_begin(&call, CALL_C_AsyncComplete, REQUEST_C_AsyncComplete);
    put_ulong(&call, hSession);
    put_name(&call, pFunctionName);
    call_run(&call, RESPONSE_C_AsyncComplete);
    return call_end(&call);
}

CK_RV C_AsyncGetID(CK_SESSION_HANDLE hSession, CK_UTF8CHAR_PTR pFunctionName, CK_ULONG_PTR pulID)
{
    struct call call;
    call_begin(&call, CALL_C_AsyncGetID, REQUEST_C_AsyncGetID);
    call_require(&call, pulID != NULL, CKR_ARGUMENTS_BAD);
    put_ulong(&call, hSession);
    put_name(&call, pFunctionName);
    call_run(&call, RESPONSE_C_AsyncGetID);
    get_ulong(&call, pulID);
    return call_end(&call);
}

/* There is never a result to be written into the caller's buffer: no function is left pending. */
CK_RV C_AsyncJoin(
    CK_SESSION_HANDLE hSession, CK_UTF8CHAR_PTR pFunctionName, CK_ULONG ulID, CK_BYTE_PTR pData, CK_ULONG ulData)
{
    (void) pData;
    (void) ulData;
    struct call call;
    call_begin(&call, CALL_C_AsyncJoin, REQUEST_C_AsyncJoin);
    put_ulong(&call, hSession);
    put_name(&call, pFunctionName);
    put_ulong(&call, ulID);
    call_run(&call, RESPONSE_C_AsyncJoin);
    return call_end(&call);
}
