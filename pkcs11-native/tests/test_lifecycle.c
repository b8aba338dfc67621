// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "fake.h"
#include "functionlists.h"
#include "functions.h"

typedef CK_RV (*any_function)(
    CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG, CK_ULONG);

static CK_RV call_with_zeros(size_t offset)
{
    any_function function;
    memcpy(&function, (const char *) &function_list_3_2 + offset, sizeof function);
    return function(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}

static bool needs_no_initialisation(size_t offset)
{
    return offset == offsetof(CK_FUNCTION_LIST_3_2, C_Initialize)
        || offset == offsetof(CK_FUNCTION_LIST_3_2, C_GetFunctionList)
        || offset == offsetof(CK_FUNCTION_LIST_3_2, C_GetInterfaceList)
        || offset == offsetof(CK_FUNCTION_LIST_3_2, C_GetInterface);
}

static void every_function_says_that_the_module_is_not_initialised(void)
{
    size_t asked = 0;
    for (size_t at = offsetof(CK_FUNCTION_LIST_3_2, C_Initialize); at < sizeof function_list_3_2; at += sizeof(void *)) {
        if (!needs_no_initialisation(at)) {
            CHECK_RV(call_with_zeros(at), CKR_CRYPTOKI_NOT_INITIALIZED);
            asked++;
        }
    }
    CHECK(asked == 100);
    CHECK(fake.calls == 0);
}

static void every_function_survives_zeros_when_initialised(void)
{
    fake_initialise();
    fake_error(CKR_FUNCTION_FAILED);
    for (size_t at = offsetof(CK_FUNCTION_LIST_3_2, C_Initialize); at < sizeof function_list_3_2; at += sizeof(void *)) {
        if (!needs_no_initialisation(at) && at != offsetof(CK_FUNCTION_LIST_3_2, C_Finalize)) {
            CHECK(call_with_zeros(at) != CKR_OK);
        }
    }
    fake_finalise();
}

static void functions_of_old_are_answered_here(void)
{
    fake_initialise();
    unsigned before = fake.calls;
    CHECK_RV(C_GetFunctionStatus(1), CKR_FUNCTION_NOT_PARALLEL);
    CHECK_RV(C_CancelFunction(1), CKR_FUNCTION_NOT_PARALLEL);
    CHECK(fake.calls == before);
    fake_finalise();
}

static void initialising_twice_is_refused_and_finalising_makes_it_possible_again(void)
{
    fake_initialise();
    CHECK_RV(C_Initialize(NULL), CKR_CRYPTOKI_ALREADY_INITIALIZED);
    fake_finalise();
    CHECK_RV(C_Finalize(NULL), CKR_CRYPTOKI_NOT_INITIALIZED);
    fake_initialise();
    fake_finalise();
}

static void finalising_with_something_reserved_is_arguments_bad(void)
{
    fake_initialise();
    CHECK_RV(C_Finalize(&fake), CKR_ARGUMENTS_BAD);
    fake_finalise();
}

static CK_RV no_mutex(CK_VOID_PTR mutex)
{
    (void) mutex;
    return CKR_OK;
}

static CK_RV no_new_mutex(CK_VOID_PTR_PTR mutex)
{
    *mutex = NULL;
    return CKR_OK;
}

static void initialize_arguments_are_checked(void)
{
    CK_C_INITIALIZE_ARGS arguments = {.pReserved = &fake};
    CHECK_RV(C_Initialize(&arguments), CKR_ARGUMENTS_BAD);
    arguments = (CK_C_INITIALIZE_ARGS){.LockMutex = no_mutex};
    CHECK_RV(C_Initialize(&arguments), CKR_ARGUMENTS_BAD);
}

static void all_kinds_of_locking_are_accepted(void)
{
    CK_C_INITIALIZE_ARGS all = {no_new_mutex, no_mutex, no_mutex, no_mutex, 0, NULL};
    CK_C_INITIALIZE_ARGS os = {.flags = CKF_OS_LOCKING_OK};
    CK_C_INITIALIZE_ARGS none = {.flags = 0};
    CK_C_INITIALIZE_ARGS gnutls = {.flags = CKF_OS_LOCKING_OK | CKF_LIBRARY_CANT_CREATE_OS_THREADS};
    CK_C_INITIALIZE_ARGS *kinds[] = {&all, &os, &none, &gnutls};
    fake.answer_length = 0;
    for (int i = 0; i < 4; i++) {
        CHECK_RV(C_Initialize(kinds[i]), CKR_OK);
        CHECK_RV(C_Finalize(NULL), CKR_OK);
    }
}

static void a_transport_that_does_not_open_leaves_the_module_uninitialised(void)
{
    fake.open_rv = CKR_GENERAL_ERROR;
    CHECK_RV(C_Initialize(NULL), CKR_GENERAL_ERROR);
    CHECK_RV(C_Logout(1), CKR_CRYPTOKI_NOT_INITIALIZED);
    fake.open_rv = CKR_OK;
    fake_error(CKR_DEVICE_ERROR);
    CHECK_RV(C_Initialize(NULL), CKR_DEVICE_ERROR);
    CHECK_RV(C_Logout(1), CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void finalising_ends_it_even_if_the_other_side_objects(void)
{
    fake_initialise();
    fake_error(CKR_FUNCTION_FAILED);
    CHECK_RV(C_Finalize(NULL), CKR_FUNCTION_FAILED);
    CHECK_RV(C_Logout(1), CKR_CRYPTOKI_NOT_INITIALIZED);
}

static void the_initialize_message_names_the_application_and_its_process(void)
{
    char wanted[400];
    fake_initialise();
    int length = snprintf(wanted, sizeof wanted, "ferrohsm=1\npid=%ld\napplication=test_lifecycle\ninstance=", (long) getpid());
    size_t head = 8 + 5 + 1 + 4 + 41 + 1 + 1 + 4;
    CHECK(fake.request_length == head + (size_t) length + 32 + 2);
    CHECK(memcmp(fake.request + 18, "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1", 41) == 0);
    CHECK(fake.request[59] == 1);
    CHECK(memcmp(fake.request + head, wanted, (size_t) length) == 0);
    fake_finalise();
}

static void every_initialisation_is_another_instance(void)
{
    static unsigned char first[sizeof fake.request];
    fake_initialise();
    memcpy(first, fake.request, fake.request_length);
    fake_finalise();
    fake_initialise();
    CHECK(memcmp(first, fake.request, fake.request_length) != 0);
    fake_finalise();
}

static void the_transport_is_closed_when_the_application_ends_or_cannot_begin(void)
{
    unsigned before = fake.closed;
    fake_initialise();
    CHECK(fake.closed == before);
    fake_finalise();
    CHECK(fake.closed == before + 1);
    fake_error(CKR_DEVICE_ERROR);
    CHECK_RV(C_Initialize(NULL), CKR_DEVICE_ERROR);
    CHECK(fake.closed == before + 2);
}

int main(void)
{
    RUN(every_function_says_that_the_module_is_not_initialised);
    RUN(every_function_survives_zeros_when_initialised);
    RUN(functions_of_old_are_answered_here);
    RUN(initialising_twice_is_refused_and_finalising_makes_it_possible_again);
    RUN(finalising_with_something_reserved_is_arguments_bad);
    RUN(initialize_arguments_are_checked);
    RUN(all_kinds_of_locking_are_accepted);
    RUN(a_transport_that_does_not_open_leaves_the_module_uninitialised);
    RUN(finalising_ends_it_even_if_the_other_side_objects);
    RUN(the_initialize_message_names_the_application_and_its_process);
    RUN(every_initialisation_is_another_instance);
    RUN(the_transport_is_closed_when_the_application_ends_or_cannot_begin);
    return check_result();
}
