// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.UUID;

/**
 * What a handle stands for.
 *
 * @param id the object
 * @param onToken whether it is in the store, else in memory
 * @param isPrivate whether it can be seen after the user's login alone
 */
public record ObjectRef(UUID id, boolean onToken, boolean isPrivate) {}
