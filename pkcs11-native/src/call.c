// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "call.h"

#include <string.h>

#include "functions.h"
#include "lifecycle.h"
#include "transport.h"

void call_begin_uninitialised(struct call *call, uint32_t id, const char *signature)
{
    memset(call, 0, sizeof *call);
    call->id = id;
    call->message = message_of_thread();
    if (call->message == NULL) {
        call->rv = CKR_HOST_MEMORY;
        return;
    }
    size_t length = strlen(signature);
    put_u32(call, id);
    put_u32(call, (uint32_t) length);
    put_bytes(call, signature, length);
}

void call_begin(struct call *call, uint32_t id, const char *signature)
{
    if (lifecycle_ready()) {
        call_begin_uninitialised(call, id, signature);
    } else {
        memset(call, 0, sizeof *call);
        call->rv = CKR_CRYPTOKI_NOT_INITIALIZED;
    }
}

/* The answer's id and signature; an ERROR becomes the call's result. */
static void check_head(struct call *call, const char *signature)
{
    uint32_t id = get_u32(call);
    size_t length;
    const unsigned char *got = get_length_and_bytes(call, &length);
    const char *wanted = id == CALL_ERROR ? RESPONSE_ERROR : signature;
    bool known = got != NULL && (id == CALL_ERROR || id == call->id);
    call_require(call, known && length == strlen(wanted) && memcmp(got, wanted, length) == 0, CKR_DEVICE_ERROR);
    if (call->rv == CKR_OK && id == CALL_ERROR) {
        CK_ULONG rv = CKR_OK;
        get_ulong(call, &rv);
        call_require(call, call->at == call->end && rv != CKR_OK, CKR_DEVICE_ERROR);
        call_require(call, false, rv);
    }
}

void call_run(struct call *call, const char *signature)
{
    if (call->rv != CKR_OK) {
        return;
    }
    size_t request = call->at;
    call->rv = message_reserve(call->message, call->expected, request);
    if (call->rv != CKR_OK) {
        return;
    }
    call->sent = true;
    call->rv = transport_call(call->message, request, &call->end);
    if (call->rv != CKR_OK) {
        return;
    }
    if (call->end > call->used) {
        call->used = call->end;
    }
    call->at = 0;
    check_head(call, signature);
}

CK_RV call_end(struct call *call)
{
    call_require(call, call->at == call->end, CKR_DEVICE_ERROR);
    if (call->message != NULL) {
        message_wipe(call->message, call->used);
    }
    return call->rv;
}

static CK_RV end_what_runs(CK_RV rv, uint32_t id, const char *signature, CK_SESSION_HANDLE session, CK_FLAGS flags)
{
    struct call cancel;
    call_begin(&cancel, id, signature);
    put_ulong(&cancel, session);
    put_ulong(&cancel, flags);
    call_run(&cancel, RESPONSE_C_SessionCancel);
    CK_RV cancelled = call_end(&cancel);
    return cancelled == CKR_OK ? rv : cancelled;
}

CK_RV call_end_step(struct call *call, CK_SESSION_HANDLE session, CK_FLAGS flags)
{
    bool refused = call->rv == CKR_ARGUMENTS_BAD && !call->sent;
    CK_RV rv = call_end(call);
    return refused ? end_what_runs(rv, CALL_C_SessionCancel, REQUEST_C_SessionCancel, session, flags) : rv;
}

CK_RV call_end_message_step(struct call *call, CK_SESSION_HANDLE session, CK_FLAGS flags)
{
    bool refused = (call->rv == CKR_ARGUMENTS_BAD || call->rv == CKR_MECHANISM_PARAM_INVALID) && !call->sent;
    CK_RV rv = call_end(call);
    return refused ? end_what_runs(rv, CALL_C_MessageAbort, REQUEST_C_MessageAbort, session, flags) : rv;
}
