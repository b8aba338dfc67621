// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/*
 * abi LIBRARY: calls every function in every situation that the rules and rows name and prints what came of it, a line each:
 * function, situation, change of the arguments, section, codes that are right, and the code that came or why none did. The
 * first slot that has a token has one with the user PIN user-1234 and the SO PIN so-1234.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi.h"

#define MOST_ARGUMENTS 12
#define LONGEST 256
#define USUAL_CALLS "-"

/* Every parameter of every function is an integer or a pointer, which the 64 bit ABIs of Linux pass alike. */
typedef CK_RV (*entry)(CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG,
    CK_ULONG, CK_ULONG);

CK_FUNCTION_LIST *p11;
CK_FUNCTION_LIST_3_2 *newer;
static entry entries[128];
static CK_SESSION_HANDLE home;

static size_t index_of(const char *name, size_t length)
{
    for (size_t i = 0; i < function_count; i++) {
        if (strlen(functions[i].name) == length && strncmp(functions[i].name, name, length) == 0) {
            return i;
        }
    }
    fprintf(stderr, "no such function: %.*s\n", (int) length, name);
    exit(2);
}

static bool has_word(const char *words, const char *wanted)
{
    size_t length = strlen(wanted);
    for (const char *at = words; (at = strstr(at, wanted)) != NULL; at++) {
        if ((at == words || at[-1] == ' ') && (at[length] == '\0' || strchr(" :=", at[length]) != NULL)) {
            return true;
        }
    }
    return false;
}

/* Puts the changed value of {@code word} ("what:value" or "value") in place; changes are "what=value" apart by '/' or ' '. */
static void apply(const char *changes, char *word)
{
    char copy[LONGEST], *state;
    snprintf(copy, sizeof copy, "%s", changes);
    size_t what = strcspn(word, ":");
    for (char *change = strtok_r(copy, " /", &state); change != NULL; change = strtok_r(NULL, " /", &state)) {
        char *value = strchr(change, '=');
        if (value == NULL || (size_t) (value - change) != what || strncmp(change, word, what) != 0) {
            continue;
        }
        char old[LONGEST];
        snprintf(old, sizeof old, "%s", word[what] == ':' ? word + what + 1 : word);
        if (value[1] == '+') {
            snprintf(word, LONGEST, "%s%s", value + 2, old);
        } else {
            snprintf(word, LONGEST, "%s", value + 1);
        }
        return;
    }
}

static CK_RV call(size_t function, const char *changes)
{
    CK_ULONG a[MOST_ARGUMENTS] = {0};
    char copy[LONGEST], *state;
    snprintf(copy, sizeof copy, "%s", functions[function].arguments);
    size_t count = 0;
    for (char *next = strtok_r(copy, " ", &state); next != NULL; next = strtok_r(NULL, " ", &state)) {
        char word[LONGEST];
        snprintf(word, sizeof word, "%s", next);
        apply(changes, word);
        char *value = strchr(word, ':');
        a[count++] = value_of(value == NULL ? word : value + 1);
    }
    return entries[function](a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11]);
}

/* Makes the calls that go before; gives the one that did not succeed, or NULL. */
static const char *prepare(const char *before, char *problem)
{
    char copy[LONGEST], *state;
    snprintf(copy, sizeof copy, "%s", before);
    for (char *next = strtok_r(copy, " ", &state); next != NULL; next = strtok_r(NULL, " ", &state)) {
        size_t length = strcspn(next, "/");
        size_t function = index_of(next, length);
        CK_RV rv = entries[function] == NULL ? CKR_FUNCTION_NOT_SUPPORTED : call(function, next + length);
        if (rv != CKR_OK) {
            snprintf(problem, LONGEST, "0x%lx from %s", rv, functions[function].name);
            return problem;
        }
    }
    return NULL;
}

static void print(size_t function, const char *situation, const char *changes, const char *section, const struct codes *codes,
    const char *got)
{
    printf("%s\t%s\t%s\t%s\t0x%lx 0x%lx 0x%lx\t%s\n", functions[function].name, situation, changes,
        section == NULL ? functions[function].section : section, codes->any[0], codes->any[1], codes->any[2], got);
    fflush(stdout);
}

/* A call that only asked, or had too little room, has said how much is needed, and the same call then succeeds. */
static void go_on(size_t function, const char *situation, const char *section)
{
    static const struct codes succeeds = IS(CKR_OK);
    char name[LONGEST], got[LONGEST];
    snprintf(name, sizeof name, "after a %s", situation);
    if (room <= 1) {
        snprintf(got, sizeof got, "a length of %lu", room);
    } else {
        snprintf(got, sizeof got, "0x%lx", call(function, ""));
    }
    print(function, name, "", section, &succeeds, got);
}

static void run(size_t function, const char *situation, enum session kind, const char *before, const char *changes,
    const struct codes *codes, const char *section)
{
    char problem[LONGEST], got[LONGEST];
    if (entries[function] == NULL) {
        print(function, situation, changes, section, codes, "no such function");
        return;
    }
    bool own_session = home != CK_INVALID_HANDLE;
    if (own_session) {
        CK_FLAGS flags = CKF_SERIAL_SESSION | (kind == READ_WRITE ? CKF_RW_SESSION : 0);
        CK_RV rv = p11->C_OpenSession(slot, flags, NULL, NULL, &session);
        if (rv != CKR_OK) {
            snprintf(problem, sizeof problem, "0x%lx from C_OpenSession", rv);
            print(function, situation, changes, section, codes, problem);
            return;
        }
    }
    if (prepare(before, problem) != NULL) {
        print(function, situation, changes, section, codes, problem);
    } else {
        CK_RV rv = call(function, changes);
        snprintf(got, sizeof got, "0x%lx", rv);
        print(function, situation, changes, section, codes, got);
        bool told = has_word(functions[function].arguments, "out") && rv == codes->any[0]
            && (strcmp(situation, "length query") == 0 || strcmp(situation, "short buffer") == 0);
        if (told) {
            go_on(function, situation, section);
        }
    }
    if (own_session) {
        p11->C_CloseSession(session);
    }
}

static bool is_overruled(const char *name, const char *situation, enum phase phase, const char *changes)
{
    for (size_t i = 0; i < row_count; i++) {
        if (strcmp(rows[i].function, name) == 0 && strcmp(rows[i].situation, situation) == 0 && rows[i].phase == phase
            && strcmp(rows[i].changes, changes) == 0) {
            return true;
        }
    }
    return false;
}

static void run_rule(const struct rule *rule, size_t index, enum phase phase)
{
    const struct function *function = &functions[index];
    bool in_phase = rule->phase == phase || (rule->phase == PHASES && function->phase == phase);
    /* Without the calls before there is nothing else that this rule would change. */
    bool about_calls = rule->before == NOTHING && rule->word[0] == '\0';
    if (!in_phase || !(rule->word[0] == '\0' || has_word(function->arguments, rule->word))
        || (about_calls && function->before[0] == '\0')) {
        return;
    }
    char changes[LONGEST] = "", before[LONGEST] = "";
    if (rule->value[0] != '\0') {
        snprintf(changes, sizeof changes, "%s=%s", rule->word, rule->value);
    }
    if (rule->before == USUAL && phase != FRESH) {
        snprintf(before, sizeof before, "%s", function->before);
    } else if (rule->before == ITSELF) {
        snprintf(before, sizeof before, "%s %s", function->before, function->name);
    }
    if (!is_overruled(function->name, rule->situation, phase, changes)) {
        run(index, rule->situation, rule->session, before, changes, &rule->codes, rule->section);
    }
}

static void run_phase(enum phase phase)
{
    for (size_t i = 0; i < function_count; i++) {
        for (size_t j = 0; j < rule_count; j++) {
            run_rule(&rules[j], i, phase);
        }
    }
    for (size_t i = 0; i < row_count; i++) {
        const struct row *row = &rows[i];
        if (row->phase == phase) {
            size_t function = index_of(row->function, strlen(row->function));
            const char *before = strcmp(row->before, USUAL_CALLS) == 0 ? functions[function].before : row->before;
            run(function, row->situation, row->session, before, row->changes, &row->codes, row->section);
        }
    }
}

static void must(const char *what, CK_RV rv)
{
    if (rv != CKR_OK) {
        fprintf(stderr, "%s: 0x%lx\n", what, rv);
        exit(1);
    }
}

static void login(CK_USER_TYPE user, const char *pin)
{
    must("login", p11->C_Login(home, user, (CK_UTF8CHAR_PTR) pin, strlen(pin)));
}

static CK_RV find_entries(void *library)
{
    CK_C_GetFunctionList get_list;
    CK_C_GetInterface get_interface;
    void *address = dlsym(library, "C_GetFunctionList");
    memcpy(&get_list, &address, sizeof get_list);
    CK_RV rv = get_list(&p11);
    CK_INTERFACE_PTR newest = NULL;
    address = dlsym(library, "C_GetInterface");
    if (rv == CKR_OK && address != NULL) {
        memcpy(&get_interface, &address, sizeof get_interface);
        rv = get_interface(NULL, NULL, &newest, 0);
    }
    /* A list is its version and its functions in their order; the oldest ends with C_WaitForSlotEvent. */
    newer = newest == NULL ? NULL : newest->pFunctionList;
    const char *list = newer == NULL ? (const char *) p11 : (const char *) newer;
    size_t oldest = index_of("C_WaitForSlotEvent", strlen("C_WaitForSlotEvent")) + 1;
    memcpy(entries, list + sizeof(void *), (newer == NULL ? oldest : function_count) * sizeof entries[0]);
    return rv;
}

int main(int argc, char **argv)
{
    void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW | RTLD_LOCAL) : NULL;
    if (library == NULL) {
        fprintf(stderr, "%s\n", argc == 2 ? dlerror() : "usage: abi LIBRARY");
        return 2;
    }
    must("C_GetFunctionList", find_entries(library));
    run_phase(FRESH);
    CK_SLOT_ID slots[16];
    CK_ULONG count = COUNT(slots);
    must("C_GetSlotList", p11->C_GetSlotList(CK_TRUE, slots, &count));
    slot = slots[0];
    run_phase(IDLE);
    must("C_OpenSession", p11->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, NULL, NULL, &home));
    login(CKU_USER, USER_PIN);
    make_values(home);
    run_phase(USER);
    must("C_Logout", p11->C_Logout(home));
    run_phase(PUBLIC);
    login(CKU_SO, SO_PIN);
    run_phase(SO);
    must("C_Finalize", p11->C_Finalize(NULL));
    return 0;
}
