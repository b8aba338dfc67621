// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
#ifndef FERROHSM_FUZZ_HOSTILE_H
#define FERROHSM_FUZZ_HOSTILE_H

#include <stdbool.h>

#include "input.h"

/*
 * Arguments as a careless or hostile program makes them: NULL with a length, lengths that nobody has, structures of a wrong size,
 * templates in templates. A pointer that the library may follow points to exactly what its length says.
 */

/* A byte array; its length may be beyond any message, and then nothing lies there. */
void *hostile_bytes(struct input *in, CK_ULONG *length);
/* A byte array or a list of ulongs that the library may write to. */
void *hostile_block(struct input *in, CK_ULONG *length);
void *hostile_ulongs(struct input *in, CK_ULONG *count);
/* An output buffer with its pulLength; either may be NULL. */
CK_ULONG *hostile_room(struct input *in, void **buffer, size_t item);
/* A place for a result of this size, or NULL. */
void *hostile_place(struct input *in, size_t size);
/* A text with its zero, at least 32 bytes long, or NULL. */
void *hostile_text(struct input *in);

CK_ATTRIBUTE *hostile_template(struct input *in, CK_ULONG *count);
/* A template that the library may write to. */
CK_ATTRIBUTE *hostile_rooms(struct input *in, CK_ULONG *count);

CK_MECHANISM *hostile_mechanism(struct input *in, bool message);
void *hostile_message_parameter(struct input *in, CK_ULONG *length);

/* Whether answers are made of the input too; else each call is answered with success without values. */
extern const bool hostile_answers;
/* Prepares the answer to the next call. */
void hostile_answer(struct input *in, unsigned id, const char *signature);

#endif
