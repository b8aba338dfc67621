// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.UUID;

/**
 * An object found.
 *
 * @param position where to go on after it
 * @param id the object
 * @param version its version
 * @param isPrivate whether it is sealed under the token's key
 */
public record ObjectPosition(long position, UUID id, long version, boolean isPrivate) {}
