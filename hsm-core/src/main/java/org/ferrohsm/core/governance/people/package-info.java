// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
/** Who may approve: persons with their keys and groups. */
@NullMarked
package org.ferrohsm.core.governance.people;

import org.jspecify.annotations.NullMarked;
