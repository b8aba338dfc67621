// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * openssl: makes the calls to OpenSSL's libcrypto that its input names, a line each, and answers each with "ok" and bytes in
 * hexadecimal, or with "no" and OpenSSL's reason.
 *
 * A line's words are names, decimal numbers, bytes in hexadecimal ("-" for none), or parameters: "-" for none or NAME=VALUE
 * apart by commas, where a NAME of bytes begins with "hex" (OSSL_PARAM_allocate_from_text).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#define MOST_WORDS 10
#define MOST_PARAMS 12
#define OUTPUT_BYTES (1 << 16)
#define MOST_TAG 16

typedef struct {
    unsigned char *data;
    size_t length;
} Bytes;

typedef struct {
    const char *name;
    size_t words;
    int (*run)(char **words);
} Command;

static unsigned char output[OUTPUT_BYTES];
static size_t output_length;

static Bytes bytes(const char *hex)
{
    Bytes bytes = {NULL, strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2};
    bytes.data = calloc(1, bytes.length + 1);
    for (size_t i = 0; i < bytes.length; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], 0};
        bytes.data[i] = (unsigned char) strtoul(digits, NULL, 16);
    }
    return bytes;
}

/* The parameters of a word that are among those that can be set; exits at one that is not. */
static OSSL_PARAM *params(char *word, const OSSL_PARAM *settable)
{
    static OSSL_PARAM made[MOST_PARAMS + 1];
    size_t count = 0;
    char *state;
    if (strcmp(word, "-") != 0) {
        for (char *item = strtok_r(word, ",", &state); item != NULL; item = strtok_r(NULL, ",", &state)) {
            char *value = strchr(item, '=');
            int found = 0;
            *value++ = 0;
            if (count == MOST_PARAMS
                || !OSSL_PARAM_allocate_from_text(&made[count++], settable, item, value, strlen(value), &found)) {
                fprintf(stderr, "openssl: no parameter %s=%s\n", item, value);
                exit(3);
            }
        }
    }
    made[count] = OSSL_PARAM_construct_end();
    return made;
}

static EVP_PKEY *private_key(const char *hex)
{
    Bytes der = bytes(hex);
    const unsigned char *at = der.data;
    return d2i_AutoPrivateKey(NULL, &at, (long) der.length);
}

static EVP_PKEY *public_key(const char *hex)
{
    Bytes der = bytes(hex);
    const unsigned char *at = der.data;
    return d2i_PUBKEY(NULL, &at, (long) der.length);
}

/* digest NAME LENGTH DATA; a LENGTH of 0 is the digest's own */
static int digest(char **words)
{
    EVP_MD *md = EVP_MD_fetch(NULL, words[0], NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t wanted = strtoul(words[1], NULL, 10);
    Bytes data = bytes(words[2]);
    unsigned int length = 0;
    if (md == NULL || !EVP_DigestInit_ex2(context, md, NULL) || !EVP_DigestUpdate(context, data.data, data.length)) {
        return 0;
    }
    output_length = wanted;
    if (wanted != 0) {
        return EVP_DigestFinalXOF(context, output, wanted);
    }
    int ok = EVP_DigestFinal_ex(context, output, &length);
    output_length = length;
    return ok;
}

/* cipher NAME 1|0 KEY IV PARAMS TAG-LENGTH AAD DATA; the tag stands after the ciphertext */
static int cipher(char **words)
{
    EVP_CIPHER *type = EVP_CIPHER_fetch(NULL, words[0], NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int encrypts = words[1][0] == '1', length = 0, more = 0;
    Bytes key = bytes(words[2]), iv = bytes(words[3]), aad = bytes(words[6]), data = bytes(words[7]);
    size_t tag = strtoul(words[5], NULL, 10);
    if (type == NULL) {
        return 0;
    }
    int ccm = EVP_CIPHER_get_mode(type) == EVP_CIPH_CCM_MODE;
    if (!encrypts) {
        data.length -= tag;
    }
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (!EVP_CipherInit_ex2(context, type, NULL, NULL, encrypts, params(words[4], EVP_CIPHER_settable_ctx_params(type)))
        || (tag != 0 && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int) iv.length, NULL) <= 0)
        || (tag != 0 && (ccm || !encrypts)
            && EVP_CIPHER_CTX_ctrl(
                   context, EVP_CTRL_AEAD_SET_TAG, (int) tag, encrypts ? NULL : data.data + data.length)
                <= 0)
        || !EVP_CipherInit_ex2(context, NULL, key.data, iv.length == 0 ? NULL : iv.data, encrypts, NULL)
        || (ccm && !EVP_CipherUpdate(context, NULL, &length, NULL, (int) data.length))
        || (aad.length != 0 && !EVP_CipherUpdate(context, NULL, &length, aad.data, (int) aad.length))
        || !EVP_CipherUpdate(context, output, &length, data.data, (int) data.length)
        || (!(ccm && !encrypts) && !EVP_CipherFinal_ex(context, output + length, &more))
        || (tag != 0 && encrypts
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int) tag, output + length + more) <= 0)) {
        return 0;
    }
    output_length = (size_t) (length + more) + (encrypts ? tag : 0);
    return 1;
}

/* mac NAME KEY PARAMS DATA */
static int mac(char **words)
{
    EVP_MAC *type = EVP_MAC_fetch(NULL, words[0], NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(type);
    Bytes key = bytes(words[1]), data = bytes(words[3]);
    return context != NULL
        && EVP_MAC_init(context, key.data, key.length, params(words[2], EVP_MAC_settable_ctx_params(type)))
        && EVP_MAC_update(context, data.data, data.length)
        && EVP_MAC_final(context, output, &output_length, sizeof output);
}

/* kdf NAME PARAMS LENGTH */
static int kdf(char **words)
{
    EVP_KDF *type = EVP_KDF_fetch(NULL, words[0], NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(type);
    output_length = strtoul(words[2], NULL, 10);
    return context != NULL
        && EVP_KDF_derive(context, output, output_length, params(words[1], EVP_KDF_settable_ctx_params(type)));
}

/* Sets what a context of EVP_PKEY operations can be told. */
static int tell(EVP_PKEY_CTX *context, char *word)
{
    return strcmp(word, "-") == 0 || EVP_PKEY_CTX_set_params(context, params(word, EVP_PKEY_CTX_settable_params(context)));
}

/* sign PRIVATE-KEY DIGEST PARAMS DATA; a DIGEST of "-" is for a scheme that has its own */
static int sign(char **words)
{
    EVP_PKEY_CTX *inner;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    Bytes data = bytes(words[3]);
    output_length = sizeof output;
    return EVP_DigestSignInit_ex(
               context, &inner, strcmp(words[1], "-") == 0 ? NULL : words[1], NULL, NULL, private_key(words[0]), NULL)
        && tell(inner, words[2]) && EVP_DigestSign(context, output, &output_length, data.data, data.length);
}

/* verify PUBLIC-KEY DIGEST PARAMS DATA SIGNATURE */
static int verify(char **words)
{
    EVP_PKEY_CTX *inner;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    Bytes data = bytes(words[3]), signature = bytes(words[4]);
    return EVP_DigestVerifyInit_ex(
               context, &inner, strcmp(words[1], "-") == 0 ? NULL : words[1], NULL, NULL, public_key(words[0]), NULL)
        && tell(inner, words[2])
        && EVP_DigestVerify(context, signature.data, signature.length, data.data, data.length) == 1;
}

/* A key operation on data as it is: an initialisation, the operation. */
static int plain(EVP_PKEY *key, char **words, int (*init)(EVP_PKEY_CTX *),
    int (*run)(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t))
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    Bytes data = bytes(words[2]);
    output_length = sizeof output;
    return init(context) > 0 && tell(context, words[1])
        && run(context, output, &output_length, data.data, data.length) > 0;
}

/* sign-plain PRIVATE-KEY PARAMS DATA */
static int sign_plain(char **words)
{
    return plain(private_key(words[0]), words, EVP_PKEY_sign_init, EVP_PKEY_sign);
}

/* recover PUBLIC-KEY PARAMS SIGNATURE */
static int recover(char **words)
{
    return plain(public_key(words[0]), words, EVP_PKEY_verify_recover_init, EVP_PKEY_verify_recover);
}

/* encrypt PUBLIC-KEY PARAMS DATA */
static int encrypt(char **words)
{
    return plain(public_key(words[0]), words, EVP_PKEY_encrypt_init, EVP_PKEY_encrypt);
}

/* decrypt PRIVATE-KEY PARAMS DATA */
static int decrypt(char **words)
{
    return plain(private_key(words[0]), words, EVP_PKEY_decrypt_init, EVP_PKEY_decrypt);
}

/* verify-plain PUBLIC-KEY PARAMS DATA SIGNATURE */
static int verify_plain(char **words)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, public_key(words[0]), NULL);
    Bytes data = bytes(words[2]), signature = bytes(words[3]);
    return EVP_PKEY_verify_init(context) > 0 && tell(context, words[1])
        && EVP_PKEY_verify(context, signature.data, signature.length, data.data, data.length) == 1;
}

/* agree PRIVATE-KEY PUBLIC-KEY PARAMS */
static int agree(char **words)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, private_key(words[0]), NULL);
    output_length = sizeof output;
    return EVP_PKEY_derive_init(context) > 0 && tell(context, words[2])
        && EVP_PKEY_derive_set_peer(context, public_key(words[1])) > 0
        && EVP_PKEY_derive(context, output, &output_length) > 0;
}

/* check PRIVATE-KEY PUBLIC-KEY: each is well made, and they belong together */
static int check(char **words)
{
    EVP_PKEY *private = private_key(words[0]), *public = public_key(words[1]);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, private, NULL);
    EVP_PKEY_CTX *other = EVP_PKEY_CTX_new_from_pkey(NULL, public, NULL);
    return EVP_PKEY_pairwise_check(context) == 1 && EVP_PKEY_public_check(other) == 1 && EVP_PKEY_eq(private, public) == 1;
}

static const Command commands[] = {{"digest", 3, digest}, {"cipher", 8, cipher}, {"mac", 4, mac}, {"kdf", 3, kdf},
    {"sign", 4, sign}, {"verify", 5, verify}, {"sign-plain", 3, sign_plain}, {"verify-plain", 4, verify_plain},
    {"recover", 3, recover}, {"encrypt", 3, encrypt}, {"decrypt", 3, decrypt}, {"agree", 3, agree}, {"check", 2, check}};

static void run(char *line)
{
    char *words[MOST_WORDS], *state;
    size_t count = 0, i = 0;
    for (char *word = strtok_r(line, " \n", &state); word != NULL && count < MOST_WORDS;
         word = strtok_r(NULL, " \n", &state)) {
        words[count++] = word;
    }
    while (count == 0 || strcmp(commands[i].name, words[0]) != 0 || commands[i].words + 1 != count) {
        if (++i == sizeof commands / sizeof commands[0]) {
            exit(4);
        }
    }
    output_length = 0;
    if (commands[i].run(words + 1)) {
        printf("ok ");
        for (size_t at = 0; at < output_length; at++) {
            printf("%02x", output[at]);
        }
        putchar('\n');
    } else {
        printf("no %s\n", ERR_error_string(ERR_peek_last_error(), NULL));
    }
    ERR_clear_error();
    fflush(stdout);
}

int main(void)
{
    /* SEED and RIPEMD-160 are in the legacy provider. */
    if (OSSL_PROVIDER_load(NULL, "legacy") == NULL || OSSL_PROVIDER_load(NULL, "default") == NULL) {
        return 2;
    }
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        run(line);
    }
    free(line);
    return 0;
}
