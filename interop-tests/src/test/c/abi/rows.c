// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* What no rule says, and where a function differs from a rule. */
#include "abi.h"

#define UNINITIALISED "uninitialised"
#define NO_POINTER "NULL argument"
#define BAD "bad argument"
#define HANDLE "bad handle"
#define NOBODY "nobody logged in"
#define OFFICER "SO logged in"
#define WRITES "read-only session"
#define ACTIVE "already active"
#define MIXED "single part after a part"
#define MESSAGE "inside a message"
#define NO_MESSAGE "outside a message"

#define IN_USER(function, situation, before, changes, codes) \
    {function, situation, USER, READ_WRITE, before, changes, codes, NULL}

/* A single part call does not end an operation that has had a part. Which code it has then is left open. */
#define AFTER_PART(function, before) \
    IN_USER(function, MIXED, before, "", EITHER(CKR_OPERATION_ACTIVE, CKR_OPERATION_NOT_INITIALIZED))
#define HALF_OF(function, first, second) \
    IN_USER(function, "without " second, first, "", IS(CKR_OPERATION_NOT_INITIALIZED)), \
        IN_USER(function, "without " first, second, "", IS(CKR_OPERATION_NOT_INITIALIZED))
/* Section 5.20: these simply answer that nothing runs in parallel; a bad handle comes first by section 5.1.7. */
#define LEGACY(function) \
    IN_USER(function, "no parallel function", "-", "", IS(CKR_FUNCTION_NOT_PARALLEL)), \
        IN_USER(function, HANDLE, "", "session=nowhere", EITHER(CKR_SESSION_HANDLE_INVALID, CKR_FUNCTION_NOT_PARALLEL)), \
        IN_USER(function, HANDLE, "", "session=0", EITHER(CKR_SESSION_HANDLE_INVALID, CKR_FUNCTION_NOT_PARALLEL))

/* The key that wraps is gone too, and which is named is left open. */
#define WITHOUT_BOTH(function) \
    {function, NOBODY, PUBLIC, READ_WRITE, "-", "key=gone", \
        ONE_OF(CKR_KEY_HANDLE_INVALID, CKR_WRAPPING_KEY_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN), "5.6.10"}, \
        {function, OFFICER, SO, READ_WRITE, "-", "key=gone", \
            ONE_OF(CKR_KEY_HANDLE_INVALID, CKR_WRAPPING_KEY_HANDLE_INVALID, CKR_USER_NOT_LOGGED_IN), "5.6.10"}

const struct row rows[] = {
    {"C_GetFunctionList", UNINITIALISED, FRESH, READ_WRITE, "-", "", IS(CKR_OK), NULL},
    {"C_GetInterfaceList", UNINITIALISED, FRESH, READ_WRITE, "-", "", IS(CKR_OK), NULL},
    {"C_GetInterface", UNINITIALISED, FRESH, READ_WRITE, "-", "", IS(CKR_OK), NULL},
    {"C_Initialize", BAD, FRESH, READ_WRITE, "-", "arguments=reserved_arguments", IS(CKR_ARGUMENTS_BAD), NULL},
    {"C_Initialize", BAD, FRESH, READ_WRITE, "-", "arguments=partial_arguments", IS(CKR_ARGUMENTS_BAD), NULL},
    {"C_Initialize", UNINITIALISED, FRESH, READ_WRITE, "-", "", IS(CKR_OK), NULL},
    {"C_Initialize", ACTIVE, IDLE, READ_WRITE, "-", "", IS(CKR_CRYPTOKI_ALREADY_INITIALIZED), NULL},
    {"C_Finalize", BAD, IDLE, READ_WRITE, "-", "reserved=text", IS(CKR_ARGUMENTS_BAD), NULL},

    {"C_GetInterface", NO_POINTER, IDLE, READ_WRITE, "-", "name=NULL", IS(CKR_OK), NULL},
    {"C_GetInterface", BAD, IDLE, READ_WRITE, "-", "name=async", EITHER(CKR_FUNCTION_FAILED, CKR_ARGUMENTS_BAD), NULL},
    {"C_GetMechanismInfo", BAD, IDLE, READ_WRITE, "-", "type=nowhere", IS(CKR_MECHANISM_INVALID), NULL},
    {"C_WaitForSlotEvent", "no event", IDLE, READ_WRITE, "-", "", IS(CKR_NO_EVENT), NULL},
    {"C_WaitForSlotEvent", BAD, IDLE, READ_WRITE, "-", "reserved=text", IS(CKR_ARGUMENTS_BAD), NULL},
    {"C_InitToken", BAD, IDLE, READ_WRITE, "-", "pin=user_pin", IS(CKR_PIN_INCORRECT), NULL},
    {"C_InitToken", "session open", PUBLIC, READ_WRITE, "-", "", IS(CKR_SESSION_EXISTS), NULL},
    {"C_OpenSession", BAD, IDLE, READ_WRITE, "-", "flags=2", IS(CKR_SESSION_PARALLEL_NOT_SUPPORTED), NULL},
    {"C_OpenSession", OFFICER, SO, READ_WRITE, "-", "flags=4", IS(CKR_SESSION_READ_WRITE_SO_EXISTS), NULL},

    {"C_InitPIN", "user logged in", USER, READ_WRITE, "-", "", IS(CKR_USER_NOT_LOGGED_IN), NULL},
    {"C_InitPIN", NOBODY, PUBLIC, READ_WRITE, "-", "", IS(CKR_USER_NOT_LOGGED_IN), NULL},
    {"C_InitPIN", WRITES, USER, READ_ONLY, "-", "", EITHER(CKR_USER_NOT_LOGGED_IN, CKR_SESSION_READ_ONLY), NULL},
    {"C_InitPIN", BAD, SO, READ_WRITE, "-", "pin=one_letter", IS(CKR_PIN_LEN_RANGE), NULL},
    {"C_SetPIN", WRITES, USER, READ_ONLY, "-", "", IS(CKR_SESSION_READ_ONLY), NULL},
    {"C_SetPIN", BAD, USER, READ_WRITE, "-", "old=so_pin", IS(CKR_PIN_INCORRECT), NULL},
    {"C_Login", BAD, PUBLIC, READ_WRITE, "-", "who=77", IS(CKR_USER_TYPE_INVALID), NULL},
    {"C_Login", BAD, PUBLIC, READ_WRITE, "-", "pin=so_pin", IS(CKR_PIN_INCORRECT), NULL},
    {"C_Login", WRITES, PUBLIC, READ_ONLY, "-", "who=0 pin=so_pin", IS(CKR_SESSION_READ_ONLY_EXISTS), NULL},
    {"C_Login", ACTIVE, USER, READ_WRITE, "-", "", IS(CKR_USER_ALREADY_LOGGED_IN), NULL},
    {"C_Login", ACTIVE, USER, READ_WRITE, "-", "who=0 pin=so_pin", IS(CKR_USER_ANOTHER_ALREADY_LOGGED_IN), NULL},
    {"C_Login", "not initialised", USER, READ_WRITE, "-", "who=2", IS(CKR_OPERATION_NOT_INITIALIZED), NULL},
    {"C_LoginUser", BAD, PUBLIC, READ_WRITE, "-", "who=77", IS(CKR_USER_TYPE_INVALID), NULL},
    {"C_LoginUser", NO_POINTER, PUBLIC, READ_WRITE, "-", "0=5", IS(CKR_ARGUMENTS_BAD), NULL},
    {"C_LoginUser", WRITES, PUBLIC, READ_ONLY, "-", "who=0 pin=so_pin", IS(CKR_SESSION_READ_ONLY_EXISTS), NULL},
    {"C_LoginUser", ACTIVE, USER, READ_WRITE, "-", "", IS(CKR_USER_ALREADY_LOGGED_IN), NULL},
    {"C_LoginUser", ACTIVE, USER, READ_WRITE, "-", "who=0 pin=so_pin", IS(CKR_USER_ANOTHER_ALREADY_LOGGED_IN), NULL},
    {"C_Logout", NOBODY, PUBLIC, READ_WRITE, "-", "", IS(CKR_USER_NOT_LOGGED_IN), NULL},

    IN_USER("C_SetOperationState", BAD, "-", "state=text", IS(CKR_SAVED_STATE_INVALID)),
    IN_USER("C_SetOperationState", BAD, "-", "0=key:aes", IS(CKR_KEY_NOT_NEEDED)),
    WITHOUT_BOTH("C_WrapKey"),
    WITHOUT_BOTH("C_WrapKeyAuthenticated"),
    {"C_DestroyObject", WRITES, USER, READ_ONLY, "-", "object=stored_on_token", IS(CKR_SESSION_READ_ONLY), NULL},
    {"C_SetAttributeValue", WRITES, USER, READ_ONLY, "-", "object=stored_on_token", IS(CKR_SESSION_READ_ONLY), NULL},
    IN_USER("C_GetAttributeValue", "length query", "-", "read=read_length", IS(CKR_OK)),
    IN_USER("C_GetAttributeValue", "short buffer", "-", "read=read_short", IS(CKR_BUFFER_TOO_SMALL)),
    IN_USER("C_GetAttributeValue", "sensitive", "-", "object=rsa_private read=read_exponent", IS(CKR_ATTRIBUTE_SENSITIVE)),

    AFTER_PART("C_Encrypt", "C_EncryptInit C_EncryptUpdate"),
    AFTER_PART("C_Decrypt", "C_DecryptInit C_DecryptUpdate"),
    AFTER_PART("C_Digest", "C_DigestInit C_DigestUpdate"),
    AFTER_PART("C_Sign", "C_SignInit C_SignUpdate"),
    AFTER_PART("C_Verify", "C_VerifyInit C_VerifyUpdate"),
    AFTER_PART("C_VerifySignature", "C_VerifySignatureInit C_VerifySignatureUpdate"),
    HALF_OF("C_DigestEncryptUpdate", "C_DigestInit", "C_EncryptInit"),
    HALF_OF("C_DecryptDigestUpdate", "C_DecryptInit", "C_DigestInit"),
    HALF_OF("C_SignEncryptUpdate", "C_SignInit", "C_EncryptInit"),
    HALF_OF("C_DecryptVerifyUpdate", "C_DecryptInit", "C_VerifyInit"),
    LEGACY("C_GetFunctionStatus"),
    LEGACY("C_CancelFunction"),

    IN_USER("C_EncryptMessage", MESSAGE, "C_MessageEncryptInit C_EncryptMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_EncryptMessageBegin", ACTIVE, "C_MessageEncryptInit C_EncryptMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_EncryptMessageNext", NO_MESSAGE, "C_MessageEncryptInit", "", IS(CKR_OPERATION_NOT_INITIALIZED)),
    IN_USER("C_DecryptMessage", MESSAGE, "C_MessageDecryptInit C_DecryptMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_DecryptMessageBegin", ACTIVE, "C_MessageDecryptInit C_DecryptMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_DecryptMessageNext", NO_MESSAGE, "C_MessageDecryptInit", "", IS(CKR_OPERATION_NOT_INITIALIZED)),
    IN_USER("C_SignMessage", MESSAGE, "C_MessageSignInit C_SignMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_SignMessageBegin", ACTIVE, "C_MessageSignInit C_SignMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_SignMessageNext", NO_MESSAGE, "C_MessageSignInit", "", IS(CKR_OPERATION_NOT_INITIALIZED)),
    IN_USER("C_VerifyMessage", MESSAGE, "C_MessageVerifyInit C_VerifyMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_VerifyMessageBegin", ACTIVE, "C_MessageVerifyInit C_VerifyMessageBegin", "", IS(CKR_OPERATION_ACTIVE)),
    IN_USER("C_VerifyMessageNext", NO_MESSAGE, "C_MessageVerifyInit", "", IS(CKR_OPERATION_NOT_INITIALIZED)),
    /* Here NULL means that the message goes on. */
    IN_USER("C_SignMessageNext", NO_POINTER, "-", "room=NULL", IS(CKR_OK)),
    IN_USER("C_VerifyMessageNext", NO_POINTER, "-", "signature=NULL", EITHER(CKR_OK, CKR_ARGUMENTS_BAD)),
    /* Only these two are not said to end a process when the mechanism is NULL. */
    IN_USER("C_MessageSignInit", NO_POINTER, "C_MessageSignInit", "operation=NULL", EITHER(CKR_OK, CKR_ARGUMENTS_BAD)),
    IN_USER("C_MessageVerifyInit", NO_POINTER, "C_MessageVerifyInit", "operation=NULL", EITHER(CKR_OK, CKR_ARGUMENTS_BAD)),

    IN_USER("C_AsyncComplete", "not initialised", "-", "",
        EITHER(CKR_OPERATION_NOT_INITIALIZED, CKR_SESSION_ASYNC_NOT_SUPPORTED)),
    /* There is no such operation either: both codes apply. */
    IN_USER("C_AsyncComplete", NO_POINTER, "-", "info=NULL", EITHER(CKR_ARGUMENTS_BAD, CKR_OPERATION_NOT_INITIALIZED)),
    IN_USER("C_AsyncJoin", NO_POINTER, "-", "list=NULL", EITHER(CKR_ARGUMENTS_BAD, CKR_SAVED_STATE_INVALID)),
    IN_USER("C_AsyncGetID", "not initialised", "-", "",
        EITHER(CKR_OPERATION_NOT_INITIALIZED, CKR_SESSION_ASYNC_NOT_SUPPORTED)),
    IN_USER("C_AsyncJoin", "not initialised", "-", "",
        ONE_OF(CKR_OPERATION_NOT_INITIALIZED, CKR_SESSION_ASYNC_NOT_SUPPORTED, CKR_SAVED_STATE_INVALID)),
};
const size_t row_count = COUNT(rows);
