// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/* What a careless or hostile program passes to the library. */
#include "hostile.h"

const bool hostile_answers = false;
