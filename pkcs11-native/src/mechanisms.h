// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_MECHANISMS_H
#define FERROHSM_MECHANISMS_H

#include "call.h"

/* The mechanism, which must not be NULL. */
void put_mechanism(struct call *call, const CK_MECHANISM *mechanism);

/* The mechanism of a C_...Init, where NULL cancels the running operation (PKCS#11 3.0). */
void put_mechanism_or_cancel(struct call *call, const CK_MECHANISM *mechanism);

/* Whether the parameter takes all that C_DeriveKey makes, so that phKey may be NULL. */
bool parameter_takes_all(const CK_MECHANISM *mechanism);

/* The key that C_DeriveKey returns; phKey is NULL where there is none. */
void get_derived(struct call *call, CK_OBJECT_HANDLE_PTR phKey);

/* Writes what came back into the places that the parameter of the mechanism points to. */
void get_parameter(struct call *call, const CK_MECHANISM *mechanism);

#endif
