// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * calls LIBRARY: makes the calls that its input names, a line each, in one session of the first slot's user, whose PIN is
 * user-1234; answers each with the return value in hexadecimal and what the call gave: bytes in hexadecimal or handles.
 *
 * A line's words are numbers, bytes in hexadecimal after an x, attributes TYPE:HEX, or a mechanism's parameter: "-" for none or
 * items apart by commas, which lie one after the other in memory: nNUMBER, bHEX for a pointer to bytes, iHEX for the bytes, pN
 * for a pointer to what the next N items make, oN for a pointer to room for N bytes, h for a handle. What the call puts into the
 * last two stands behind the handles it returns, with commas between.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ck.h"

#define MOST_WORDS 32
#define PARAMETER_BYTES 4096
#define OUTPUT_BYTES (1 << 20)

typedef struct {
    const char *name;
    void (*run)(char **words, size_t count);
} Command;

typedef struct {
    CK_BYTE *data;
    CK_ULONG length;
} Bytes;

/* The functions of one kind of operation; a Verify takes a signature where the others give their output. */
typedef struct {
    const char *name;
    CK_RV (*init)(CK_SESSION_HANDLE, CK_MECHANISM_PTR, CK_OBJECT_HANDLE);
    CK_RV (*single)(CK_SESSION_HANDLE, CK_BYTE_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG_PTR);
    CK_RV (*update)(CK_SESSION_HANDLE, CK_BYTE_PTR, CK_ULONG, CK_BYTE_PTR, CK_ULONG_PTR);
    CK_RV (*take)(CK_SESSION_HANDLE, CK_BYTE_PTR, CK_ULONG);
    CK_RV (*final)(CK_SESSION_HANDLE, CK_BYTE_PTR, CK_ULONG_PTR);
} Operation;

static CK_FUNCTION_LIST_3_2 *p11;
static CK_SESSION_HANDLE session;
static CK_BYTE output[OUTPUT_BYTES];
/* What was allocated for the line at hand. */
static void *allocated[8 * MOST_WORDS];
static size_t allocations;

/* Where the call puts what goes back in the parameter; a handle has no length. */
static Bytes outputs[MOST_WORDS];
static size_t output_count;

static void *allocate(size_t size)
{
    void *place = allocations < sizeof allocated / sizeof allocated[0] ? calloc(1, size + 1) : NULL;
    if (place == NULL) {
        exit(3);
    }
    allocated[allocations++] = place;
    return place;
}

static Bytes bytes(const char *hex)
{
    Bytes bytes = {NULL, strlen(hex) / 2};
    bytes.data = bytes.length == 0 ? NULL : allocate(bytes.length);
    for (size_t i = 0; i < bytes.length; i++) {
        char digits[3] = {hex[2 * i], hex[2 * i + 1], 0};
        bytes.data[i] = (CK_BYTE) strtoul(digits, NULL, 16);
    }
    return bytes;
}

static void answer(CK_RV rv)
{
    printf("0x%lx \n", rv);
}

static void print_output(CK_RV rv, CK_ULONG length)
{
    for (CK_ULONG i = 0; rv == CKR_OK && i < length; i++) {
        printf("%02x", output[i]);
    }
    putchar('\n');
}

static void answer_bytes(CK_RV rv, CK_ULONG length)
{
    printf("0x%lx ", rv);
    print_output(rv, length);
}

static void answer_handles(CK_RV rv, CK_OBJECT_HANDLE one, CK_OBJECT_HANDLE other)
{
    printf("0x%lx %lu %lu", rv, one, other);
    for (size_t i = 0; rv == CKR_OK && i < output_count; i++) {
        putchar(i == 0 ? ' ' : ',');
        if (outputs[i].length == 0 && outputs[i].data != NULL) {
            CK_OBJECT_HANDLE handle;
            memcpy(&handle, outputs[i].data, sizeof handle);
            printf("#%lu", handle);
        }
        for (CK_ULONG j = 0; j < outputs[i].length; j++) {
            printf("%02x", outputs[i].data[j]);
        }
    }
    putchar('\n');
}

static CK_ULONG number(const char *word)
{
    return strtoul(word, NULL, 0);
}

/* Packs the items up to the end, or as many as a p counts, into memory of their own; gives how long that is. */
static CK_ULONG pack(char **state, CK_BYTE **place, CK_ULONG most)
{
    CK_ULONG length = 0;
    *place = allocate(PARAMETER_BYTES);
    for (char *item; most-- != 0 && (item = strtok_r(NULL, ",", state)) != NULL;) {
        Bytes value = {NULL, 0};
        CK_ULONG word = number(item + 1);
        if (item[0] == 'p') {
            CK_BYTE *nested;
            pack(state, &nested, word);
            word = (CK_ULONG) nested;
        } else if (item[0] == 'o') {
            outputs[output_count++] = (Bytes) {word == 0 ? NULL : allocate(word), word};
            word = (CK_ULONG) outputs[output_count - 1].data;
        } else if (item[0] == 'h') {
            outputs[output_count++] = (Bytes) {*place + length, 0};
            word = 0;
        } else if (item[0] != 'n') {
            value = bytes(item + 1);
            word = (CK_ULONG) value.data;
        }
        CK_ULONG size = item[0] == 'i' ? value.length : sizeof word;
        if (length + size > PARAMETER_BYTES) {
            exit(7);
        }
        if (size != 0) {
            memcpy(*place + length, item[0] == 'i' ? (void *) value.data : (void *) &word, size);
        }
        length += size;
    }
    return length;
}

static CK_MECHANISM mechanism(const char *type, char *parameter)
{
    CK_MECHANISM mechanism = {number(type), NULL, 0};
    if (strcmp(parameter, "-") != 0) {
        char *state = parameter;
        CK_BYTE *place;
        mechanism.ulParameterLen = pack(&state, &place, MOST_WORDS);
        mechanism.pParameter = place;
    }
    return mechanism;
}

static CK_ATTRIBUTE *template(char **words, size_t count)
{
    CK_ATTRIBUTE *rows = allocate((count + 1) * sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        Bytes value = bytes(strchr(words[i], ':') + 1);
        rows[i] = (CK_ATTRIBUTE) {number(words[i]), value.data, value.length};
    }
    return rows;
}

static const Operation *operation(const char *name)
{
    static Operation operations[7];
    operations[0] = (Operation) {"encrypt", p11->C_EncryptInit, p11->C_Encrypt, p11->C_EncryptUpdate, NULL, p11->C_EncryptFinal};
    operations[1] = (Operation) {"decrypt", p11->C_DecryptInit, p11->C_Decrypt, p11->C_DecryptUpdate, NULL, p11->C_DecryptFinal};
    operations[2] = (Operation) {"digest", NULL, p11->C_Digest, NULL, p11->C_DigestUpdate, p11->C_DigestFinal};
    operations[3] = (Operation) {"sign", p11->C_SignInit, p11->C_Sign, NULL, p11->C_SignUpdate, p11->C_SignFinal};
    operations[4] = (Operation) {"verify", p11->C_VerifyInit, NULL, NULL, p11->C_VerifyUpdate, NULL};
    operations[5] = (Operation) {"sign-recover", p11->C_SignRecoverInit, p11->C_SignRecover, NULL, NULL, NULL};
    operations[6] = (Operation) {"verify-recover", p11->C_VerifyRecoverInit, p11->C_VerifyRecover, NULL, NULL, NULL};
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        if (strcmp(operations[i].name, name) == 0) {
            return &operations[i];
        }
    }
    exit(4);
}

/* init OPERATION MECHANISM PARAMETER KEY */
static void init(char **words, size_t count)
{
    (void) count;
    const Operation *wanted = operation(words[0]);
    CK_MECHANISM how = mechanism(words[1], words[2]);
    answer(wanted->init == NULL ? p11->C_DigestInit(session, &how) : wanted->init(session, &how, number(words[3])));
}

/* single OPERATION xDATA [xSIGNATURE] */
static void single(char **words, size_t count)
{
    const Operation *wanted = operation(words[0]);
    Bytes data = bytes(words[1] + 1);
    if (wanted->single == NULL) {
        Bytes signature = bytes(count > 2 ? words[2] + 1 : "");
        answer(p11->C_Verify(session, data.data, data.length, signature.data, signature.length));
        return;
    }
    CK_ULONG length = sizeof output;
    CK_RV rv = wanted->single(session, data.data, data.length, output, &length);
    answer_bytes(rv, length);
}

/* update OPERATION xDATA */
static void update(char **words, size_t count)
{
    (void) count;
    const Operation *wanted = operation(words[0]);
    Bytes data = bytes(words[1] + 1);
    CK_ULONG length = wanted->update == NULL ? 0 : sizeof output;
    CK_RV rv = wanted->update == NULL ? wanted->take(session, data.data, data.length)
                                      : wanted->update(session, data.data, data.length, output, &length);
    answer_bytes(rv, length);
}

/* final OPERATION [xSIGNATURE] */
static void final(char **words, size_t count)
{
    const Operation *wanted = operation(words[0]);
    if (wanted->final == NULL) {
        Bytes signature = bytes(count > 1 ? words[1] + 1 : "");
        answer(p11->C_VerifyFinal(session, signature.data, signature.length));
        return;
    }
    CK_ULONG length = sizeof output;
    CK_RV rv = wanted->final(session, output, &length);
    answer_bytes(rv, length);
}

/* cancel: whatever runs */
static void cancel(char **words, size_t count)
{
    (void) words;
    (void) count;
    answer(p11->C_SessionCancel(session,
        CKF_ENCRYPT | CKF_DECRYPT | CKF_DIGEST | CKF_SIGN | CKF_VERIFY | CKF_SIGN_RECOVER | CKF_VERIFY_RECOVER));
}

/* create ATTRIBUTE... */
static void create(char **words, size_t count)
{
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_CreateObject(session, template(words, count), count, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

/* destroy OBJECT */
static void destroy(char **words, size_t count)
{
    (void) count;
    answer(p11->C_DestroyObject(session, number(words[0])));
}

/* copy OBJECT ATTRIBUTE... */
static void copy(char **words, size_t count)
{
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_CopyObject(session, number(words[0]), template(words + 1, count - 1), count - 1, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

/* change OBJECT ATTRIBUTE... */
static void change(char **words, size_t count)
{
    answer(p11->C_SetAttributeValue(session, number(words[0]), template(words + 1, count - 1), count - 1));
}

/* read OBJECT TYPE */
static void read_attribute(char **words, size_t count)
{
    (void) count;
    CK_ATTRIBUTE row = {number(words[1]), output, sizeof output};
    CK_RV rv = p11->C_GetAttributeValue(session, number(words[0]), &row, 1);
    answer_bytes(rv, row.ulValueLen);
}

/* wrap MECHANISM PARAMETER WRAPPING-KEY KEY */
static void wrap(char **words, size_t count)
{
    (void) count;
    CK_MECHANISM how = mechanism(words[0], words[1]);
    CK_ULONG length = sizeof output;
    CK_RV rv = p11->C_WrapKey(session, &how, number(words[2]), number(words[3]), output, &length);
    answer_bytes(rv, length);
}

/* unwrap MECHANISM PARAMETER UNWRAPPING-KEY xWRAPPED ATTRIBUTE... */
static void unwrap(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    Bytes wrapped = bytes(words[3] + 1);
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_UnwrapKey(
        session, &how, number(words[2]), wrapped.data, wrapped.length, template(words + 4, count - 4), count - 4, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

/* derive MECHANISM PARAMETER BASE-KEY ATTRIBUTE... */
static void derive(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_DeriveKey(session, &how, number(words[2]), template(words + 3, count - 3), count - 3, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

/* generate MECHANISM PARAMETER ATTRIBUTE... */
static void generate(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_GenerateKey(session, &how, template(words + 2, count - 2), count - 2, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

/* generate-pair MECHANISM PARAMETER ATTRIBUTE..., which are the public key's; after a word "/" the private key's */
static void generate_pair(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    CK_OBJECT_HANDLE public_key = CK_INVALID_HANDLE, private_key = CK_INVALID_HANDLE;
    size_t end = 2;
    for (; end < count && strcmp(words[end], "/") != 0; end++) {}
    size_t own = end < count ? count - end - 1 : 0;
    CK_RV rv = p11->C_GenerateKeyPair(session, &how, template(words + 2, end - 2), end - 2,
        own == 0 ? NULL : template(words + end + 1, own), own, &public_key, &private_key);
    answer_handles(rv, public_key, private_key);
}

/* encapsulate MECHANISM PARAMETER PUBLIC-KEY ATTRIBUTE...: the handle, a space, the ciphertext */
static void encapsulate(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_ULONG length = sizeof output;
    CK_RV rv = p11->C_EncapsulateKey(
        session, &how, number(words[2]), template(words + 3, count - 3), count - 3, output, &length, &made);
    printf("0x%lx %lu ", rv, made);
    print_output(rv, length);
}

/* decapsulate MECHANISM PARAMETER PRIVATE-KEY xCIPHERTEXT ATTRIBUTE... */
static void decapsulate(char **words, size_t count)
{
    CK_MECHANISM how = mechanism(words[0], words[1]);
    Bytes data = bytes(words[3] + 1);
    CK_OBJECT_HANDLE made = CK_INVALID_HANDLE;
    CK_RV rv = p11->C_DecapsulateKey(
        session, &how, number(words[2]), template(words + 4, count - 4), count - 4, data.data, data.length, &made);
    answer_handles(rv, made, CK_INVALID_HANDLE);
}

static const Command commands[] = {{"init", init}, {"single", single}, {"update", update}, {"final", final},
    {"cancel", cancel}, {"create", create}, {"destroy", destroy},
    {"copy", copy}, {"change", change}, {"read", read_attribute}, {"wrap", wrap},
    {"unwrap", unwrap}, {"derive", derive}, {"generate", generate}, {"generate-pair", generate_pair},
    {"encapsulate", encapsulate}, {"decapsulate", decapsulate}};

static void run(char *line)
{
    char *words[MOST_WORDS], *state;
    size_t count = 0;
    for (char *word = strtok_r(line, " \n", &state); word != NULL; word = strtok_r(NULL, " \n", &state)) {
        if (count == MOST_WORDS) {
            exit(5);
        }
        words[count++] = word;
    }
    size_t i = 0;
    while (strcmp(commands[i].name, words[0]) != 0) {
        if (++i == sizeof commands / sizeof commands[0]) {
            exit(6);
        }
    }
    commands[i].run(words + 1, count - 1);
    fflush(stdout);
    output_count = 0;
    while (allocations != 0) {
        free(allocated[--allocations]);
    }
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        return 2;
    }
    CK_C_GetInterface get;
    CK_INTERFACE *newest;
    void *address = dlsym(library, "C_GetInterface");
    memcpy(&get, &address, sizeof get);
    if (get(NULL, NULL, &newest, 0) != CKR_OK) {
        return 2;
    }
    p11 = newest->pFunctionList;
    if (p11->C_Initialize(NULL) != CKR_OK
        || p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session) != CKR_OK
        || p11->C_Login(session, CKU_USER, (CK_UTF8CHAR *) "user-1234", 9) != CKR_OK) {
        return 2;
    }
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        run(line);
    }
    free(line);
    return p11->C_Finalize(NULL) == CKR_OK ? 0 : 1;
}
