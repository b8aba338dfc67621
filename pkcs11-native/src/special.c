// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* The calls whose parameters do not follow from their signature. */
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
    return call_end(&call);
}
