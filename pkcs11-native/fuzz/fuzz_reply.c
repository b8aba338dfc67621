// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* What a hostile daemon answers: it may not make the library write where the program did not offer room. */
#include "hostile.h"

const bool hostile_answers = true;
