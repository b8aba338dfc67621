// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <string.h>

#include "ck.h"
#include "functionlists.h"

static CK_UTF8CHAR name[] = "PKCS 11";

/* The newest first: it is the default. None promises to survive a fork. */
static CK_INTERFACE interfaces[] = {
    {name, &function_list_3_2, 0},
    {name, &function_list_3_0, 0},
    {name, &function_list_2_40, 0},
};

#define INTERFACES (sizeof interfaces / sizeof interfaces[0])

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR ppFunctionList)
{
    if (ppFunctionList == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    *ppFunctionList = &function_list_2_40;
    return CKR_OK;
}

CK_RV C_GetInterfaceList(CK_INTERFACE_PTR pInterfacesList, CK_ULONG_PTR pulCount)
{
    if (pulCount == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    CK_ULONG room = *pulCount;
    *pulCount = INTERFACES;
    if (pInterfacesList == NULL) {
        return CKR_OK;
    }
    if (room < INTERFACES) {
        return CKR_BUFFER_TOO_SMALL;
    }
    memcpy(pInterfacesList, interfaces, sizeof interfaces);
    return CKR_OK;
}

static int matches(
    const CK_INTERFACE *interface, const CK_UTF8CHAR *wanted, const CK_VERSION *version, CK_FLAGS flags)
{
    /* Every function list begins with its version. */
    const CK_VERSION *own = interface->pFunctionList;
    return (wanted == NULL || strcmp((const char *) wanted, (const char *) interface->pInterfaceName) == 0)
        && (version == NULL || (version->major == own->major && version->minor == own->minor))
        && (interface->flags & flags) == flags;
}

CK_RV C_GetInterface(
    CK_UTF8CHAR_PTR pInterfaceName, CK_VERSION_PTR pVersion, CK_INTERFACE_PTR_PTR ppInterface, CK_FLAGS flags)
{
    if (ppInterface == NULL) {
        return CKR_ARGUMENTS_BAD;
    }
    for (size_t i = 0; i < INTERFACES; i++) {
        if (matches(&interfaces[i], pInterfaceName, pVersion, flags)) {
            *ppInterface = &interfaces[i];
            return CKR_OK;
        }
    }
    return CKR_FUNCTION_FAILED;
}
