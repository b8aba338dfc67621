// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "check.h"
#include "fake.h"

static CK_UTF8CHAR name[] = "PKCS 11";

static bool is_version(const CK_INTERFACE *interface, CK_BYTE major, CK_BYTE minor)
{
    const CK_VERSION *version = interface->pFunctionList;
    return version->major == major && version->minor == minor;
}

static void the_function_list_is_2_40(void)
{
    CK_FUNCTION_LIST *list = NULL;
    CHECK_RV(C_GetFunctionList(&list), CKR_OK);
    CHECK(list->version.major == 2 && list->version.minor == 40);
    CHECK(list->C_Initialize == C_Initialize && list->C_WaitForSlotEvent == C_WaitForSlotEvent);
    CHECK_RV(C_GetFunctionList(NULL), CKR_ARGUMENTS_BAD);
}

static void no_function_of_any_list_is_missing(void)
{
    CK_INTERFACE list[3];
    CK_ULONG count = 3;
    size_t sizes[] = {sizeof(CK_FUNCTION_LIST_3_2), sizeof(CK_FUNCTION_LIST_3_0), sizeof(CK_FUNCTION_LIST)};
    CHECK_RV(C_GetInterfaceList(list, &count), CKR_OK);
    for (int i = 0; i < 3; i++) {
        void *const *functions = list[i].pFunctionList;
        size_t number = sizes[i] / sizeof(void *);
        CHECK(number >= 69);
        for (size_t k = 1; k < number; k++) {
            CHECK(functions[k] != NULL);
        }
    }
}

static void three_interfaces_are_listed_by_the_two_call_rule(void)
{
    CK_INTERFACE list[3];
    CK_ULONG count = 0;
    CHECK_RV(C_GetInterfaceList(NULL, &count), CKR_OK);
    CHECK(count == 3);
    count = 2;
    CHECK_RV(C_GetInterfaceList(list, &count), CKR_BUFFER_TOO_SMALL);
    CHECK(count == 3);
    CHECK_RV(C_GetInterfaceList(list, &count), CKR_OK);
    CHECK(is_version(&list[0], 3, 2) && is_version(&list[1], 3, 0) && is_version(&list[2], 2, 40));
    CHECK(strcmp((char *) list[0].pInterfaceName, "PKCS 11") == 0 && list[0].flags == 0);
    CHECK_RV(C_GetInterfaceList(list, NULL), CKR_ARGUMENTS_BAD);
}

static void an_interface_is_found_by_name_version_and_flags(void)
{
    CK_INTERFACE *interface = NULL;
    CK_VERSION version = {3, 0};
    CHECK_RV(C_GetInterface(NULL, NULL, &interface, 0), CKR_OK);
    CHECK(is_version(interface, 3, 2));
    CHECK_RV(C_GetInterface(name, &version, &interface, 0), CKR_OK);
    CHECK(is_version(interface, 3, 0));
    version = (CK_VERSION){2, 40};
    CHECK_RV(C_GetInterface(NULL, &version, &interface, 0), CKR_OK);
    CHECK(is_version(interface, 2, 40));
}

static void an_interface_that_we_lack_is_not_found(void)
{
    CK_INTERFACE *interface = NULL;
    CK_VERSION version = {3, 1};
    CHECK_RV(C_GetInterface(NULL, &version, &interface, 0), CKR_FUNCTION_FAILED);
    CHECK_RV(C_GetInterface((CK_UTF8CHAR *) "Vendor", NULL, &interface, 0), CKR_FUNCTION_FAILED);
    CHECK_RV(C_GetInterface(NULL, NULL, &interface, CKF_INTERFACE_FORK_SAFE), CKR_FUNCTION_FAILED);
    CHECK_RV(C_GetInterface(NULL, NULL, NULL, 0), CKR_ARGUMENTS_BAD);
    CHECK(interface == NULL);
}

int main(void)
{
    RUN(the_function_list_is_2_40);
    RUN(no_function_of_any_list_is_missing);
    RUN(three_interfaces_are_listed_by_the_two_call_rule);
    RUN(an_interface_is_found_by_name_version_and_flags);
    RUN(an_interface_that_we_lack_is_not_found);
    return check_result();
}
