// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_TLS_MAC_PARAMS.
 *
 * @param prf CKM_* of the hash, or CKM_TLS_PRF
 * @param bytes length of the MAC in bytes
 * @param side 1 for the server, 2 for the client
 */
public record TlsMacParameters(long prf, long bytes, long side) implements MechanismParameters {}
