// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.UUID;

/**
 * A token.
 *
 * @param id the token's identity, never reused
 * @param slot its slot id, 0 to 2^31-1, unique in the store and kept for life
 * @param sealed its opaque description
 */
public record TokenRow(UUID id, int slot, byte[] sealed) {}
