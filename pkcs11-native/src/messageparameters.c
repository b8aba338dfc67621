// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include "messageparameters.h"

#include <string.h>

#define CANCEL 0xffffffff
#define UNKNOWN_LENGTH (~(CK_ULONG) 0)
#define CHACHA_TAG_BITS ((CK_ULONG) 128)
#define LONGEST_NONCE ((CK_ULONG) 24)

/* How the parameter is written. */
enum form { FORM_NONE, FORM_BYTES, FORM_MESSAGE };

_Static_assert(sizeof(CK_GCM_MESSAGE_PARAMS) != sizeof(CK_CCM_MESSAGE_PARAMS)
        && sizeof(CK_GCM_MESSAGE_PARAMS) != sizeof(CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS)
        && sizeof(CK_CCM_MESSAGE_PARAMS) != sizeof(CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS),
    "the structures are told apart by their sizes");

/* What the structures have in common. */
struct message_parameters {
    CK_ULONG data_length;
    CK_BYTE *nonce;
    CK_ULONG nonce_length;
    CK_ULONG fixed_bits;
    CK_ULONG generator;
    CK_BYTE *tag;
    CK_ULONG tag_bits;
};

/* The caller's structure may lie at any address. */
static bool read_structure(const void *parameter, CK_ULONG length, struct message_parameters *common)
{
    if (length == sizeof(CK_GCM_MESSAGE_PARAMS)) {
        CK_GCM_MESSAGE_PARAMS gcm;
        memcpy(&gcm, parameter, sizeof gcm);
        *common = (struct message_parameters) {
            UNKNOWN_LENGTH, gcm.pIv, gcm.ulIvLen, gcm.ulIvFixedBits, gcm.ivGenerator, gcm.pTag, gcm.ulTagBits};
        return true;
    }
    if (length == sizeof(CK_CCM_MESSAGE_PARAMS)) {
        CK_CCM_MESSAGE_PARAMS ccm;
        memcpy(&ccm, parameter, sizeof ccm);
        CK_ULONG tag_bits = ccm.ulMACLen > UNKNOWN_LENGTH / 8 ? UNKNOWN_LENGTH : 8 * ccm.ulMACLen;
        *common = (struct message_parameters) {ccm.ulDataLen, ccm.pNonce, ccm.ulNonceLen, ccm.ulNonceFixedBits,
            ccm.nonceGenerator, ccm.pMAC, tag_bits};
        return true;
    }
    if (length == sizeof(CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS)) {
        CK_SALSA20_CHACHA20_POLY1305_MSG_PARAMS chacha;
        memcpy(&chacha, parameter, sizeof chacha);
        /* In bits, as the specification has it, or in bytes, as callers have it: no nonce has more than 24. */
        CK_ULONG nonce = chacha.ulNonceLen > LONGEST_NONCE ? chacha.ulNonceLen / 8 : chacha.ulNonceLen;
        *common = (struct message_parameters) {
            UNKNOWN_LENGTH, chacha.pNonce, nonce, 0, CKG_NO_GENERATE, chacha.pTag, CHACHA_TAG_BITS};
        return true;
    }
    return false;
}

static size_t tag_length(const struct message_parameters *message)
{
    return (message->tag_bits + 7) / 8;
}

static void put_structure(struct call *call, const struct message_parameters *message, bool tag)
{
    put_byte(call, FORM_MESSAGE);
    put_ulong(call, message->data_length);
    put_length_and_bytes(call, message->nonce, message->nonce_length, CKR_MECHANISM_PARAM_INVALID);
    put_ulong(call, message->fixed_bits);
    put_ulong(call, message->generator);
    if (tag) {
        /* No tag is longer than a block: a greater number is none, and is not followed into the caller's memory. */
        call_require(call, message->tag_bits <= 128, CKR_MECHANISM_PARAM_INVALID);
        put_length_and_bytes(call, message->tag, tag_length(message), CKR_MECHANISM_PARAM_INVALID);
    } else {
        put_u32(call, 0xffffffff);
    }
    put_ulong(call, message->tag_bits);
}

void put_message_parameter(struct call *call, const void *parameter, CK_ULONG length, bool tag)
{
    struct message_parameters message;
    if (parameter == NULL && length == 0) {
        put_byte(call, FORM_NONE);
    } else if (parameter == NULL) {
        call_require(call, false, CKR_MECHANISM_PARAM_INVALID);
    } else if (read_structure(parameter, length, &message)) {
        put_structure(call, &message, tag);
    } else {
        put_byte(call, FORM_BYTES);
        put_length_and_bytes(call, parameter, length, CKR_MECHANISM_PARAM_INVALID);
    }
}

/* What the other side made must have the length of its place. */
static void take(struct call *call, CK_BYTE *place, size_t room)
{
    size_t length;
    const unsigned char *bytes = get_length_and_bytes(call, &length);
    if (call->rv == CKR_OK && bytes != NULL) {
        call_require(call, place != NULL, CKR_MECHANISM_PARAM_INVALID);
        call_require(call, length == room, CKR_DEVICE_ERROR);
        if (call->rv == CKR_OK) {
            memcpy(place, bytes, length);
        }
    }
}

void get_message_parameter(struct call *call, void *parameter, CK_ULONG length)
{
    if (get_byte(call) == 0 || call->rv != CKR_OK) {
        return;
    }
    struct message_parameters message;
    bool known = parameter != NULL && read_structure(parameter, length, &message);
    call_require(call, known, CKR_DEVICE_ERROR);
    if (known) {
        take(call, message.nonce, message.nonce_length);
        take(call, message.tag, tag_length(&message));
    }
}

void put_message_mechanism_or_cancel(struct call *call, const CK_MECHANISM *mechanism, bool tag)
{
    if (mechanism == NULL) {
        put_u32(call, CANCEL);
        return;
    }
    call_require(call, mechanism->mechanism < CANCEL, CKR_MECHANISM_INVALID);
    put_u32(call, (uint32_t) mechanism->mechanism);
    put_message_parameter(call, mechanism->pParameter, mechanism->ulParameterLen, tag);
}

void put_message_mechanism(struct call *call, const CK_MECHANISM *mechanism, bool tag)
{
    call_require(call, mechanism != NULL, CKR_ARGUMENTS_BAD);
    put_message_mechanism_or_cancel(call, mechanism, tag);
}

void get_message_mechanism(struct call *call, const CK_MECHANISM *mechanism)
{
    if (mechanism != NULL) {
        get_message_parameter(call, mechanism->pParameter, mechanism->ulParameterLen);
    }
}
