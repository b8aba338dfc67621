// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.api;

import java.util.Map;
import java.util.UUID;

/**
 * An object.
 *
 * @param token the token that holds it
 * @param id its identity, never reused
 * @param version 1 at creation, one more with every change
 * @param isPrivate whether it is sealed under the token's key (else under the store's public key)
 * @param sealed its opaque attributes
 * @param indexes its blind index columns; an absent column is never found by that column
 */
public record ObjectRow(
        UUID token, UUID id, long version, boolean isPrivate, byte[] sealed, Map<IndexColumn, byte[]> indexes) {}
