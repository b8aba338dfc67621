// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* What the words of the arguments stand for. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi.h"

#define PLACES 4096

CK_ULONG room;
CK_SLOT_ID slot;
CK_SESSION_HANDLE session = 1;

static CK_BBOOL yes = CK_TRUE;
static CK_ULONG out[3 * PLACES], number;
static CK_OBJECT_HANDLE found, second;
static CK_OBJECT_HANDLE aes, rsa_private, rsa_public, ec_private, ec_public, wrapper, gcm_wrapper, extractable, kem_public,
    kem_private, stored, stored_on_token;
static CK_BYTE text[16] = "sixteen letters!", iv[16], tag[16], padded[32], signature[256], recoverable[256], wrapped[64],
               gcm_wrapped[128], sealed[16], sealed_tag[16], encapsulated[2048], state[4096], point[160], unused_iv[12], wrap_iv[12],
               wrap_tag[16], unwrap_iv[12], unwrap_tag[16];
static CK_ULONG wrapped_length = sizeof wrapped, gcm_wrapped_length = sizeof gcm_wrapped, state_length = sizeof state,
                encapsulated_length = sizeof encapsulated;
static char label[33] = "the rows                        ";

static CK_RV lock_nothing(CK_VOID_PTR mutex)
{
    (void) mutex;
    return CKR_OK;
}

static CK_C_INITIALIZE_ARGS reserved_arguments = {.pReserved = text}, partial_arguments = {.LockMutex = lock_nothing};

static CK_GCM_MESSAGE_PARAMS gcm_message = {unused_iv, 12, 0, CKG_NO_GENERATE, tag, 128},
                             gcm_sealed = {iv, 12, 0, CKG_NO_GENERATE, sealed_tag, 128},
                             gcm_wrapping = {wrap_iv, 12, 0, CKG_GENERATE_RANDOM, wrap_tag, 128},
                             gcm_unwrapping = {unwrap_iv, 12, 0, CKG_NO_GENERATE, unwrap_tag, 128};
static CK_ECDH1_DERIVE_PARAMS ecdh_params = {CKD_NULL, 0, NULL, 0, NULL};
static CK_MECHANISM cbc = {CKM_AES_CBC, iv, sizeof iv}, pad = {CKM_AES_CBC_PAD, iv, sizeof iv}, sha256 = {CKM_SHA256, NULL, 0},
                    rsa_sha256 = {CKM_SHA256_RSA_PKCS, NULL, 0}, rsa = {CKM_RSA_PKCS, NULL, 0},
                    rsa_gen = {CKM_RSA_PKCS_KEY_PAIR_GEN, NULL, 0}, aes_gen = {CKM_AES_KEY_GEN, NULL, 0},
                    ec_gen = {CKM_EC_KEY_PAIR_GEN, NULL, 0}, wrap = {CKM_AES_KEY_WRAP, NULL, 0},
                    ecdh = {CKM_ECDH1_DERIVE, &ecdh_params, sizeof ecdh_params},
                    gcm_wrap = {CKM_AES_GCM, &gcm_wrapping, sizeof gcm_wrapping},
                    gcm_unwrap = {CKM_AES_GCM, &gcm_unwrapping, sizeof gcm_unwrapping}, gcm_messages = {CKM_AES_GCM, NULL, 0},
                    ml_kem = {CKM_ML_KEM, NULL, 0}, ml_kem_gen = {CKM_ML_KEM_KEY_PAIR_GEN, NULL, 0};

static CK_OBJECT_CLASS data_class = CKO_DATA, secret_class = CKO_SECRET_KEY;
static CK_KEY_TYPE aes_type = CKK_AES, generic_type = CKK_GENERIC_SECRET;
static CK_ULONG bits = 2048, length = 32, ml_kem_512 = CKP_ML_KEM_512;
static CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};

/* Every template begins with a row that the word "token_..." has and the plain name leaves out. */
#define TEMPLATE(name, ...) static CK_ATTRIBUTE name[] = {{CKA_TOKEN, &yes, 1}, {CKA_PRIVATE, &yes, 1}, __VA_ARGS__}
TEMPLATE(data_template, {CKA_CLASS, &data_class, sizeof data_class}, {CKA_LABEL, text, sizeof text});
TEMPLATE(copy_template, {CKA_LABEL, text, sizeof text});
TEMPLATE(aes_template, {CKA_VALUE_LEN, &length, sizeof length});
TEMPLATE(ec_template, {CKA_SIGN, &yes, 1}, {CKA_DERIVE, &yes, 1});
TEMPLATE(secret_template, {CKA_CLASS, &secret_class, sizeof secret_class}, {CKA_KEY_TYPE, &aes_type, sizeof aes_type},
    {CKA_ENCRYPT, &yes, 1});
TEMPLATE(derived_template, {CKA_CLASS, &secret_class, sizeof secret_class},
    {CKA_KEY_TYPE, &generic_type, sizeof generic_type}, {CKA_VALUE_LEN, &length, sizeof length});
static CK_ATTRIBUTE ec_public_template[] = {{CKA_EC_PARAMS, p256, sizeof p256}};
static CK_ATTRIBUTE label_attribute[] = {{CKA_LABEL, text, sizeof text}};
static CK_ATTRIBUTE read_label[] = {{CKA_LABEL, out, sizeof out}}, read_length[] = {{CKA_LABEL, NULL, 0}},
                    read_short[] = {{CKA_LABEL, out, 1}}, read_exponent[] = {{CKA_PRIVATE_EXPONENT, out, sizeof out}};

/* A word is an address and how much is there, or a number that is found at an address. */
static const struct value {
    const char *name;
    void *address;
    CK_ULONG extent;
    const CK_ULONG *content;
} values[] = {
#define BYTES(name) {#name, name, sizeof name, NULL}
#define PLACE(name) {#name, &name, sizeof name, NULL}
#define CONTENT(name) {#name, NULL, 0, &name}
#define ROWS(name) {#name, name, COUNT(name), NULL}
#define TWICE(name, array) {name, array + 1, COUNT(array) - 1, NULL}, {"token_" name, array, COUNT(array), NULL}
#define TEXT(name, text) {name, (void *) (uintptr_t) text, sizeof text - 1, NULL}
    BYTES(out), BYTES(text), BYTES(padded), BYTES(signature), BYTES(recoverable), BYTES(label), BYTES(sealed),
    PLACE(room), PLACE(number), PLACE(found), PLACE(second), PLACE(reserved_arguments), PLACE(partial_arguments),
    PLACE(gcm_message), PLACE(gcm_sealed),
    {"info", out, sizeof out, NULL}, {"list", out, sizeof out, NULL}, {"short", &room, 0, NULL},
    CONTENT(slot), CONTENT(session), CONTENT(aes), CONTENT(rsa_private), CONTENT(rsa_public), CONTENT(ec_private),
    CONTENT(wrapper), CONTENT(gcm_wrapper), CONTENT(extractable), CONTENT(kem_public), CONTENT(kem_private),
    CONTENT(stored), CONTENT(stored_on_token), {"gone", NULL, 0, &aes},
    PLACE(cbc), PLACE(pad), PLACE(sha256), PLACE(rsa_sha256), PLACE(rsa), PLACE(aes_gen), PLACE(ec_gen), PLACE(wrap),
    PLACE(ecdh), PLACE(gcm_wrap), PLACE(gcm_unwrap), PLACE(gcm_messages), PLACE(ml_kem),
    TWICE("data", data_template), TWICE("copy", copy_template), TWICE("aes_key", aes_template),
    TWICE("ec_key", ec_template), TWICE("secret", secret_template), TWICE("derived", derived_template),
    ROWS(ec_public_template), ROWS(label_attribute), ROWS(read_length), ROWS(read_short), ROWS(read_exponent),
    {"read", read_label, COUNT(read_label), NULL},
    TEXT("user_pin", USER_PIN), TEXT("so_pin", SO_PIN), TEXT("one_letter", "x"), TEXT("async", "C_Sign"), TEXT("interface", "PKCS 11"),
    {"state", state, 0, NULL}, {"wrapped", wrapped, 0, NULL}, {"gcm_wrapped", gcm_wrapped, 0, NULL},
    {"encapsulated", encapsulated, 0, NULL},
};

/* How much there is at the last address that a word stood for. */
static CK_ULONG extent;

static CK_ULONG extent_of(const struct value *value)
{
    const struct {
        const void *address;
        CK_ULONG length;
    } made[] = {{state, state_length}, {wrapped, wrapped_length}, {gcm_wrapped, gcm_wrapped_length},
        {encapsulated, encapsulated_length}};
    for (size_t i = 0; i < COUNT(made); i++) {
        if (value->address == made[i].address) {
            return made[i].length;
        }
    }
    return value->extent;
}

CK_ULONG value_of(const char *word)
{
    if (strcmp(word, "count") == 0) {
        return extent;
    }
    if (strcmp(word, "NULL") == 0) {
        return 0;
    }
    if (strcmp(word, "nowhere") == 0) {
        return 0x7eadbeef;
    }
    if (strcmp(word, "sha256_type") == 0) {
        return CKM_SHA256;
    }
    if (word[0] >= '0' && word[0] <= '9') {
        return strtoul(word, NULL, 10);
    }
    for (size_t i = 0; i < COUNT(values); i++) {
        if (strcmp(word, values[i].name) == 0) {
            if (values[i].content != NULL) {
                return *values[i].content;
            }
            extent = extent_of(&values[i]);
            if (values[i].address == &room) {
                room = strcmp(word, "short") == 0 ? 1 : PLACES;
            }
            if (values[i].address == read_label) {
                read_label[0].ulValueLen = sizeof out;
            }
            return (CK_ULONG) values[i].address;
        }
    }
    fprintf(stderr, "no such word: %s\n", word);
    exit(2);
}

static void made(const char *what, CK_RV rv)
{
    if (rv != CKR_OK) {
        fprintf(stderr, "not made: %s 0x%lx\n", what, rv);
    }
}

static void make_secret(CK_SESSION_HANDLE home, const char *name, CK_ATTRIBUTE_TYPE use, CK_ATTRIBUTE_TYPE other,
    CK_OBJECT_HANDLE *handle)
{
    CK_ATTRIBUTE template[] = {{CKA_VALUE_LEN, &length, sizeof length}, {CKA_PRIVATE, &yes, 1}, {use, &yes, 1}, {other, &yes, 1}};
    made(name, p11->C_GenerateKey(home, &aes_gen, template, COUNT(template), handle));
}

static void make_pairs(CK_SESSION_HANDLE home)
{
    CK_ATTRIBUTE rsa_verifies[] = {
        {CKA_MODULUS_BITS, &bits, sizeof bits}, {CKA_VERIFY, &yes, 1}, {CKA_VERIFY_RECOVER, &yes, 1}};
    CK_ATTRIBUTE rsa_signs[] = {{CKA_PRIVATE, &yes, 1}, {CKA_SIGN, &yes, 1}, {CKA_SIGN_RECOVER, &yes, 1}};
    CK_ATTRIBUTE ec_signs[] = {{CKA_PRIVATE, &yes, 1}, {CKA_SIGN, &yes, 1}, {CKA_DERIVE, &yes, 1}};
    CK_ATTRIBUTE encapsulates[] = {{CKA_PARAMETER_SET, &ml_kem_512, sizeof ml_kem_512}, {CKA_ENCAPSULATE, &yes, 1}};
    CK_ATTRIBUTE decapsulates[] = {{CKA_PRIVATE, &yes, 1}, {CKA_DECAPSULATE, &yes, 1}};
    made("an RSA pair", p11->C_GenerateKeyPair(home, &rsa_gen, rsa_verifies, 3, rsa_signs, 3, &rsa_public, &rsa_private));
    made("an EC pair", p11->C_GenerateKeyPair(home, &ec_gen, ec_public_template, 1, ec_signs, 3, &ec_public, &ec_private));
    made("an ML-KEM pair",
        p11->C_GenerateKeyPair(home, &ml_kem_gen, encapsulates, 2, decapsulates, 2, &kem_public, &kem_private));
    CK_ATTRIBUTE read_point = {CKA_EC_POINT, point, sizeof point};
    made("a point", p11->C_GetAttributeValue(home, ec_public, &read_point, 1));
    /* The point without the head of the OCTET STRING around it. */
    ecdh_params.pPublicData = point + 2;
    ecdh_params.ulPublicDataLen = read_point.ulValueLen - 2;
}

static void make_signatures(CK_SESSION_HANDLE home)
{
    CK_ULONG got = sizeof signature;
    made("a signature", p11->C_SignInit(home, &rsa_sha256, rsa_private));
    made("a signature", p11->C_Sign(home, text, sizeof text, signature, &got));
    got = sizeof recoverable;
    made("a signature", p11->C_SignInit(home, &rsa, rsa_private));
    made("a signature", p11->C_Sign(home, text, sizeof text, recoverable, &got));
}

/* What only a module of PKCS#11 3.2 makes. */
static void make_newer(CK_SESSION_HANDLE home)
{
    CK_OBJECT_HANDLE shared;
    made("a sealed key", newer->C_WrapKeyAuthenticated(home, &gcm_wrap, gcm_wrapper, extractable, text, sizeof text, gcm_wrapped,
                             &gcm_wrapped_length));
    memcpy(unwrap_iv, wrap_iv, sizeof unwrap_iv);
    memcpy(unwrap_tag, wrap_tag, sizeof unwrap_tag);
    made("an encapsulated key", newer->C_EncapsulateKey(home, &ml_kem, kem_public, derived_template + 1, COUNT(derived_template) - 1,
                                    encapsulated, &encapsulated_length, &shared));
}

static void make_ciphertexts(CK_SESSION_HANDLE home)
{
    CK_BYTE twenty[20] = {0};
    CK_ULONG got = sizeof padded;
    made("a padded text", p11->C_EncryptInit(home, &pad, aes));
    made("a padded text", p11->C_Encrypt(home, twenty, sizeof twenty, padded, &got));
    made("a wrapped key", p11->C_WrapKey(home, &wrap, wrapper, extractable, wrapped, &wrapped_length));
    CK_BYTE both[sizeof sealed + sizeof sealed_tag];
    CK_GCM_PARAMS with_text = {iv, 12, 96, text, sizeof text, 128};
    CK_MECHANISM seal = {CKM_AES_GCM, &with_text, sizeof with_text};
    got = sizeof both;
    made("a sealed message", p11->C_EncryptInit(home, &seal, aes));
    made("a sealed message", p11->C_Encrypt(home, text, sizeof text, both, &got));
    memcpy(sealed, both, sizeof sealed);
    memcpy(sealed_tag, both + sizeof sealed, sizeof sealed_tag);
    made("a digest's state", p11->C_DigestInit(home, &sha256));
    made("a digest's state", p11->C_DigestUpdate(home, text, sizeof text));
    made("a digest's state", p11->C_GetOperationState(home, state, &state_length));
    got = sizeof out;
    made("a digest", p11->C_DigestFinal(home, (CK_BYTE_PTR) out, &got));
}

void make_values(CK_SESSION_HANDLE home)
{
    make_secret(home, "a key for texts", CKA_ENCRYPT, CKA_DECRYPT, &aes);
    make_secret(home, "a key for keys", CKA_WRAP, CKA_UNWRAP, &wrapper);
    make_secret(home, "a key for keys", CKA_WRAP, CKA_UNWRAP, &gcm_wrapper);
    make_secret(home, "a key to wrap", CKA_EXTRACTABLE, CKA_ENCRYPT, &extractable);
    made("an object", p11->C_CreateObject(home, data_template + 1, COUNT(data_template) - 1, &stored));
    made("a token object", p11->C_CreateObject(home, data_template, COUNT(data_template), &stored_on_token));
    make_pairs(home);
    make_signatures(home);
    make_ciphertexts(home);
    if (newer != NULL) {
        make_newer(home);
    }
}
