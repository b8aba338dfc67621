// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * host LIBRARY: a program that uses the library as long as its input lasts. Each line is a command and its arguments; each
 * answer is a line with the return value in hexadecimal and what the command gives.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ck.h"

#define MOST_WORDS 4
#define MOST_SLOTS 64
#define MOST_BYTES 4096

typedef struct {
    const char *name;
    void (*run)(char **arguments);
} Command;

static CK_FUNCTION_LIST *p11;
static CK_SESSION_HANDLE session;
static CK_OBJECT_HANDLE object;

static void answer(CK_RV rv, const char *text)
{
    printf("0x%lx %s\n", rv, text);
    fflush(stdout);
}

static CK_UTF8CHAR *utf8(char *text)
{
    return (CK_UTF8CHAR *) text;
}

static size_t from_hex(const char *text, CK_BYTE *bytes)
{
    size_t length = strlen(text) / 2;
    for (size_t i = 0; i < length && i < MOST_BYTES; i++) {
        char digits[3] = {text[2 * i], text[2 * i + 1], 0};
        bytes[i] = (CK_BYTE) strtoul(digits, NULL, 16);
    }
    return length;
}

static void answer_bytes(CK_RV rv, const CK_BYTE *bytes, size_t length)
{
    static char text[2 * MOST_BYTES + 1];
    for (size_t i = 0; i < length; i++) {
        snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    }
    text[2 * length] = 0;
    answer(rv, text);
}

static void initialize(char **arguments)
{
    (void) arguments;
    answer(p11->C_Initialize(NULL), "");
}

static void finalize(char **arguments)
{
    (void) arguments;
    answer(p11->C_Finalize(NULL), "");
}

/* All slots: id=label:serial, both without padding. */
static void slots(char **arguments)
{
    (void) arguments;
    static char text[MOST_SLOTS * 80];
    CK_SLOT_ID ids[MOST_SLOTS];
    CK_ULONG count = MOST_SLOTS;
    size_t used = 0;
    text[0] = 0;
    CK_RV rv = p11->C_GetSlotList(CK_TRUE, ids, &count);
    for (CK_ULONG i = 0; rv == CKR_OK && i < count; i++) {
        CK_TOKEN_INFO token;
        rv = p11->C_GetTokenInfo(ids[i], &token);
        int label = sizeof token.label, serial = sizeof token.serialNumber;
        while (label > 0 && token.label[label - 1] == ' ') {
            label--;
        }
        while (serial > 0 && token.serialNumber[serial - 1] == ' ') {
            serial--;
        }
        used += (size_t) snprintf(text + used, sizeof text - used, "%lu=%.*s:%.*s ", ids[i], label, token.label, serial,
            token.serialNumber);
    }
    answer(rv, text);
}

static void open_session(char **arguments)
{
    CK_SLOT_ID slot = strtoul(arguments[0], NULL, 10);
    answer(p11->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &session), "");
}

static void login(char **arguments)
{
    CK_USER_TYPE user = strcmp(arguments[0], "so") == 0 ? CKU_SO : CKU_USER;
    answer(p11->C_Login(session, user, utf8(arguments[1]), strlen(arguments[1])), "");
}

static void init_pin(char **arguments)
{
    answer(p11->C_InitPIN(session, utf8(arguments[0]), strlen(arguments[0])), "");
}

/* A P-256 pair on the token; only the private key has a label and an id, which are the same. */
static void generate(char **arguments)
{
    CK_BBOOL yes = CK_TRUE;
    CK_BYTE p256[] = {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07};
    CK_ULONG length = strlen(arguments[0]);
    CK_ATTRIBUTE public_key[] = {{CKA_TOKEN, &yes, sizeof yes}, {CKA_EC_PARAMS, p256, sizeof p256}};
    CK_ATTRIBUTE private_key[] = {{CKA_TOKEN, &yes, sizeof yes}, {CKA_LABEL, arguments[0], length},
        {CKA_ID, arguments[0], length}};
    CK_MECHANISM mechanism = {CKM_EC_KEY_PAIR_GEN, NULL, 0};
    CK_OBJECT_HANDLE other;
    answer(p11->C_GenerateKeyPair(session, &mechanism, public_key, 2, private_key, 3, &other, &object), "");
}

/* find ATTRIBUTE HEX: takes the first object that has it, says how many have. */
static void find(char **arguments)
{
    CK_BYTE value[MOST_BYTES];
    CK_ATTRIBUTE template = {strtoul(arguments[0], NULL, 0), value, from_hex(arguments[1], value)};
    CK_OBJECT_HANDLE found[16];
    CK_ULONG count = 0;
    char text[32] = "";
    CK_RV rv = p11->C_FindObjectsInit(session, &template, 1);
    if (rv == CKR_OK) {
        rv = p11->C_FindObjects(session, found, 16, &count);
        object = count > 0 ? found[0] : CK_INVALID_HANDLE;
        p11->C_FindObjectsFinal(session);
        snprintf(text, sizeof text, "%lu", count);
    }
    answer(rv, text);
}

static void logout(char **arguments)
{
    (void) arguments;
    answer(p11->C_Logout(session), "");
}

/* The mechanism of this number, without a parameter; `otherwise` where the command names none. */
static CK_MECHANISM mechanism_of(const char *number, CK_MECHANISM_TYPE otherwise)
{
    CK_MECHANISM mechanism = {*number == 0 ? otherwise : strtoul(number, NULL, 0), NULL, 0};
    return mechanism;
}

/* sign HEX [MECHANISM]: with the object taken last; a raw ECDSA signature of 32 bytes if nothing else is said. */
static void sign(char **arguments)
{
    CK_BYTE hash[MOST_BYTES], signature[MOST_BYTES] = {0};
    CK_ULONG length = sizeof signature;
    CK_MECHANISM mechanism = mechanism_of(arguments[1], CKM_ECDSA);
    CK_RV rv = p11->C_SignInit(session, &mechanism, object);
    if (rv == CKR_OK) {
        rv = p11->C_Sign(session, hash, from_hex(arguments[0], hash), signature, &length);
    }
    size_t written = sizeof signature;
    while (written > 0 && signature[written - 1] == 0) {
        written--;
    }
    /* Where it fails, what it has left in the buffer all the same. */
    answer_bytes(rv, signature, rv == CKR_OK ? length : written);
}

/* encrypt HEX [MECHANISM]: with the object taken last; AES in ECB mode if nothing else is said. */
static void encrypt(char **arguments)
{
    CK_BYTE data[MOST_BYTES], encrypted[MOST_BYTES];
    CK_ULONG length = sizeof encrypted;
    CK_MECHANISM mechanism = mechanism_of(arguments[1], CKM_AES_ECB);
    CK_RV rv = p11->C_EncryptInit(session, &mechanism, object);
    if (rv == CKR_OK) {
        rv = p11->C_Encrypt(session, data, from_hex(arguments[0], data), encrypted, &length);
    }
    answer_bytes(rv, encrypted, rv == CKR_OK ? length : 0);
}

static const Command COMMANDS[] = {{"initialize", initialize}, {"finalize", finalize}, {"slots", slots},
    {"open", open_session}, {"login", login}, {"init-pin", init_pin}, {"generate", generate}, {"find", find},
    {"sign", sign}, {"encrypt", encrypt}, {"logout", logout}};

static bool run(char *line)
{
    char *words[MOST_WORDS] = {"", "", "", ""};
    int count = 0;
    for (char *word = strtok(line, " \n"); word != NULL && count < MOST_WORDS; word = strtok(NULL, " \n")) {
        words[count++] = word;
    }
    for (size_t i = 0; i < sizeof COMMANDS / sizeof COMMANDS[0]; i++) {
        if (strcmp(words[0], COMMANDS[i].name) == 0) {
            COMMANDS[i].run(words + 1);
            return true;
        }
    }
    fprintf(stderr, "host: no such command: %s\n", words[0]);
    return false;
}

int main(int argc, char **argv)
{
    char line[3 * MOST_BYTES];
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "host: %s\n", argc == 2 ? dlerror() : "host LIBRARY");
        return 2;
    }
    CK_C_GetFunctionList get;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get, &address, sizeof get);
    get(&p11);
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (!run(line)) {
            return 2;
        }
    }
    return 0;
}
