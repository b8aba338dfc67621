// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* Events of slots, for which a thread may wait. */
#include <pthread.h>

#include "functions.h"

struct waiter {
    CK_SLOT_ID slot;
    CK_RV rv;
};

static void *waits(void *given)
{
    struct waiter *waiter = given;
    waiter->rv = p11->C_WaitForSlotEvent(0, &waiter->slot, NULL);
    return NULL;
}

static void a_slot_event_wakes_who_waits_and_so_does_finalize(void)
{
    CK_SLOT_ID slot, seen = 0;
    struct waiter first = {NOWHERE, CKR_OK}, second = {NOWHERE, CKR_OK};
    pthread_t thread;
    CK_UTF8CHAR label[32];
    memset(label, ' ', sizeof label);
    CHECK_RV(p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL), CKR_NO_EVENT);
    CHECK(pthread_create(&thread, NULL, waits, &first) == 0);
    CHECK_RV(p11->C_InitToken(1, (CK_UTF8CHAR *) "so-1234", 7, label), CKR_OK);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_RV(first.rv, CKR_OK);
    CHECK(first.slot == 1);
    while (p11->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, NULL) == CKR_OK) {
        seen = slot;
    }
    CHECK(seen == 2);
    CHECK(pthread_create(&thread, NULL, waits, &second) == 0);
    CHECK_RV(p11->C_Finalize(NULL), CKR_OK);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK_RV(second.rv, CKR_CRYPTOKI_NOT_INITIALIZED);
}

void test_slot_events(void)
{
    RUN(a_slot_event_wakes_who_waits_and_so_does_finalize);
}
