// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * conform LIBRARY: calls functions of the library's interface 3.2 as long as its input lasts. Each line is a function and
 * its arguments, NAME=VALUE; each answer is a line with the return value and what came out, NAME=VALUE. Texts and bytes are
 * hexadecimal, an attribute is TYPE:LENGTH:BYTES with a length of -1 where there is none.
 */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ck.h"

#define MOST_WORDS 64
#define MOST_BYTES 65536
#define MOST_ATTRIBUTES 32

typedef struct {
    const char *name;
    void (*run)(void);
} Function;

static CK_FUNCTION_LIST_3_2 *p11;
static char *words[MOST_WORDS];
static int word_count;

/* The value of the argument number `which` of this name, NULL if there are not so many. */
static char *argument(const char *name, int which)
{
    size_t length = strlen(name);
    for (int i = 1; i < word_count; i++) {
        if (strncmp(words[i], name, length) == 0 && words[i][length] == '=' && which-- == 0) {
            return words[i] + length + 1;
        }
    }
    return NULL;
}

static CK_ULONG number(const char *name)
{
    char *text = argument(name, 0);
    return text == NULL ? 0 : strtoul(text, NULL, 0);
}

static CK_ULONG from_hex(const char *text, CK_BYTE *bytes)
{
    CK_ULONG length = strlen(text) / 2;
    for (CK_ULONG i = 0; i < length && i < MOST_BYTES; i++) {
        char digits[3] = {text[2 * i], text[2 * i + 1], 0};
        bytes[i] = (CK_BYTE) strtoul(digits, NULL, 16);
    }
    return length;
}

static CK_ULONG bytes(const char *name, CK_BYTE *into)
{
    char *text = argument(name, 0);
    return text == NULL ? 0 : from_hex(text, into);
}

static CK_RV result(CK_RV rv)
{
    printf("0x%lx", rv);
    return rv;
}

static void put_number(const char *name, CK_ULONG value)
{
    printf(" %s=%lu", name, value);
}

static void put_bytes(const char *name, const CK_BYTE *value, CK_ULONG length)
{
    printf(" %s=", name);
    for (CK_ULONG i = 0; i < length; i++) {
        printf("%02x", value[i]);
    }
}

static void put_version(const char *name, CK_VERSION version)
{
    printf(" %s=%d.%d", name, version.major, version.minor);
}

#define PUT_TEXT(name, field) put_bytes(name, field, sizeof field)

static void initialize(void)
{
    result(p11->C_Initialize(NULL));
}

static void finalize(void)
{
    result(p11->C_Finalize(NULL));
}

static void get_info(void)
{
    CK_INFO info;
    if (result(p11->C_GetInfo(&info)) == CKR_OK) {
        put_version("CryptokiVersion", info.cryptokiVersion);
        PUT_TEXT("ManufacturerID", info.manufacturerID);
        put_number("Flags", info.flags);
        PUT_TEXT("LibraryDescription", info.libraryDescription);
        put_version("LibraryVersion", info.libraryVersion);
    }
}

static void get_slot_list(void)
{
    CK_SLOT_ID slots[1024];
    CK_ULONG count = number("length");
    bool query = argument("length", 0) == NULL;
    if (result(p11->C_GetSlotList(number("TokenPresent") != 0, query ? NULL : slots, &count)) == CKR_OK) {
        put_number("length", count);
        for (CK_ULONG i = 0; !query && i < count; i++) {
            put_number("SlotID", slots[i]);
        }
    }
}

static void get_slot_info(void)
{
    CK_SLOT_INFO info;
    if (result(p11->C_GetSlotInfo(number("SlotID"), &info)) == CKR_OK) {
        PUT_TEXT("SlotDescription", info.slotDescription);
        PUT_TEXT("ManufacturerID", info.manufacturerID);
        put_number("Flags", info.flags);
        put_version("HardwareVersion", info.hardwareVersion);
        put_version("FirmwareVersion", info.firmwareVersion);
    }
}

static void get_token_info(void)
{
    CK_TOKEN_INFO info;
    if (result(p11->C_GetTokenInfo(number("SlotID"), &info)) == CKR_OK) {
        PUT_TEXT("label", info.label);
        PUT_TEXT("ManufacturerID", info.manufacturerID);
        PUT_TEXT("model", info.model);
        PUT_TEXT("serialNumber", info.serialNumber);
        put_number("Flags", info.flags);
        put_number("MaxSessionCount", info.ulMaxSessionCount);
        put_number("SessionCount", info.ulSessionCount);
        put_number("MaxRwSessionCount", info.ulMaxRwSessionCount);
        put_number("RwSessionCount", info.ulRwSessionCount);
        put_number("MaxPinLen", info.ulMaxPinLen);
        put_number("MinPinLen", info.ulMinPinLen);
        put_number("TotalPublicMemory", info.ulTotalPublicMemory);
        put_number("FreePublicMemory", info.ulFreePublicMemory);
        put_number("TotalPrivateMemory", info.ulTotalPrivateMemory);
        put_number("FreePrivateMemory", info.ulFreePrivateMemory);
        put_version("HardwareVersion", info.hardwareVersion);
        put_version("FirmwareVersion", info.firmwareVersion);
        PUT_TEXT("utcTime", info.utcTime);
    }
}

static void get_mechanism_list(void)
{
    CK_MECHANISM_TYPE types[2048];
    CK_ULONG count = number("length");
    bool query = argument("length", 0) == NULL;
    if (result(p11->C_GetMechanismList(number("SlotID"), query ? NULL : types, &count)) == CKR_OK) {
        put_number("length", count);
        for (CK_ULONG i = 0; !query && i < count; i++) {
            put_number("Type", types[i]);
        }
    }
}

static void get_mechanism_info(void)
{
    CK_MECHANISM_INFO info;
    if (result(p11->C_GetMechanismInfo(number("SlotID"), number("Type"), &info)) == CKR_OK) {
        put_number("MinKeySize", info.ulMinKeySize);
        put_number("MaxKeySize", info.ulMaxKeySize);
        put_number("Flags", info.flags);
    }
}

static void open_session(void)
{
    CK_SESSION_HANDLE session;
    if (result(p11->C_OpenSession(number("SlotID"), number("Flags"), NULL, NULL, &session)) == CKR_OK) {
        put_number("Session", session);
    }
}

static void get_session_info(void)
{
    CK_SESSION_INFO info;
    if (result(p11->C_GetSessionInfo(number("Session"), &info)) == CKR_OK) {
        put_number("SlotID", info.slotID);
        put_number("State", info.state);
        put_number("Flags", info.flags);
        put_number("DeviceError", info.ulDeviceError);
    }
}

static void close_session(void)
{
    result(p11->C_CloseSession(number("Session")));
}

static void close_all_sessions(void)
{
    result(p11->C_CloseAllSessions(number("SlotID")));
}

static void login(void)
{
    CK_BYTE pin[MOST_BYTES];
    CK_ULONG length = bytes("Pin", pin);
    result(p11->C_Login(number("Session"), number("UserType"), pin, length));
}

static void logout(void)
{
    result(p11->C_Logout(number("Session")));
}

/* The template of the arguments Attribute=TYPE:LENGTH:BYTES; without bytes there is room for the length. */
static CK_ULONG template_of(CK_ATTRIBUTE *template)
{
    static CK_BYTE room[MOST_ATTRIBUTES][MOST_BYTES];
    CK_ULONG count = 0;
    char *text;
    while (count < MOST_ATTRIBUTES && (text = argument("Attribute", (int) count)) != NULL) {
        char *end;
        CK_ATTRIBUTE *attribute = &template[count];
        attribute->type = strtoul(text, &end, 0);
        long length = strtol(end + 1, &end, 0);
        attribute->ulValueLen = length < 0 ? 0 : (CK_ULONG) length;
        attribute->pValue = length < 0 ? NULL : room[count];
        if (*end == ':') {
            from_hex(end + 1, room[count]);
        }
        count++;
    }
    return count;
}

static void find_objects_init(void)
{
    CK_ATTRIBUTE template[MOST_ATTRIBUTES];
    CK_ULONG count = template_of(template);
    result(p11->C_FindObjectsInit(number("Session"), template, count));
}

static void find_objects(void)
{
    CK_OBJECT_HANDLE found[1024];
    CK_ULONG count = 0;
    if (result(p11->C_FindObjects(number("Session"), found, number("length"), &count)) == CKR_OK) {
        for (CK_ULONG i = 0; i < count; i++) {
            put_number("Object", found[i]);
        }
    }
}

static void find_objects_final(void)
{
    result(p11->C_FindObjectsFinal(number("Session")));
}

static void get_attribute_value(void)
{
    CK_ATTRIBUTE template[MOST_ATTRIBUTES];
    CK_ULONG count = template_of(template);
    result(p11->C_GetAttributeValue(number("Session"), number("Object"), template, count));
    for (CK_ULONG i = 0; i < count; i++) {
        printf(" Attribute=0x%lx:%ld:", template[i].type, (long) template[i].ulValueLen);
        for (CK_ULONG j = 0; template[i].pValue != NULL && (long) template[i].ulValueLen > 0 &&
                j < template[i].ulValueLen; j++) {
            printf("%02x", ((CK_BYTE *) template[i].pValue)[j]);
        }
    }
}

static void sign_init(void)
{
    CK_MECHANISM mechanism = {number("Type"), NULL, 0};
    result(p11->C_SignInit(number("Session"), &mechanism, number("Key")));
}

static void sign(void)
{
    static CK_BYTE data[MOST_BYTES], signature[MOST_BYTES];
    CK_ULONG length = number("length");
    CK_ULONG data_length = bytes("Data", data);
    bool query = argument("length", 0) == NULL;
    if (result(p11->C_Sign(number("Session"), data, data_length, query ? NULL : signature, &length)) == CKR_OK) {
        put_number("length", length);
        put_bytes("Signature", signature, query ? 0 : length);
    }
}

static const Function FUNCTIONS[] = {{"C_Initialize", initialize}, {"C_Finalize", finalize}, {"C_GetInfo", get_info},
    {"C_GetSlotList", get_slot_list}, {"C_GetSlotInfo", get_slot_info}, {"C_GetTokenInfo", get_token_info},
    {"C_GetMechanismList", get_mechanism_list}, {"C_GetMechanismInfo", get_mechanism_info},
    {"C_OpenSession", open_session}, {"C_GetSessionInfo", get_session_info}, {"C_CloseSession", close_session},
    {"C_CloseAllSessions", close_all_sessions}, {"C_Login", login}, {"C_Logout", logout},
    {"C_FindObjectsInit", find_objects_init}, {"C_FindObjects", find_objects},
    {"C_FindObjectsFinal", find_objects_final}, {"C_GetAttributeValue", get_attribute_value},
    {"C_SignInit", sign_init}, {"C_Sign", sign}};

static bool run(char *line)
{
    word_count = 0;
    for (char *word = strtok(line, " \n"); word != NULL && word_count < MOST_WORDS; word = strtok(NULL, " \n")) {
        words[word_count++] = word;
    }
    for (size_t i = 0; word_count > 0 && i < sizeof FUNCTIONS / sizeof FUNCTIONS[0]; i++) {
        if (strcmp(words[0], FUNCTIONS[i].name) == 0) {
            FUNCTIONS[i].run();
            printf("\n");
            fflush(stdout);
            return true;
        }
    }
    fprintf(stderr, "conform: no such function: %s\n", word_count > 0 ? words[0] : "");
    return false;
}

int main(int argc, char **argv)
{
    static char line[4 * MOST_BYTES];
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "conform: %s\n", argc == 2 ? dlerror() : "conform LIBRARY");
        return 2;
    }
    CK_C_GetInterface get;
    void *address = dlsym(library, "C_GetInterface");
    memcpy(&get, &address, sizeof get);
    CK_VERSION version = {3, 2};
    CK_INTERFACE *interface = NULL;
    if (get((CK_UTF8CHAR *) "PKCS 11", &version, &interface, 0) != CKR_OK) {
        fprintf(stderr, "conform: no interface 3.2\n");
        return 2;
    }
    p11 = interface->pFunctionList;
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (!run(line)) {
            return 2;
        }
    }
    return 0;
}
