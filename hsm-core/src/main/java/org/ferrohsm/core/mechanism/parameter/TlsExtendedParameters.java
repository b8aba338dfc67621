// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_TLS12_EXTENDED_MASTER_KEY_DERIVE_PARAMS.
 *
 * @param prf CKM_* of the hash
 * @param sessionHash hash of the handshake (RFC 7627)
 */
public record TlsExtendedParameters(long prf, byte[] sessionHash) implements MechanismParameters {}
