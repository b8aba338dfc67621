// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_TLS_KDF_PARAMS, CK_TLS12_MASTER_KEY_DERIVE_PARAMS and CK_SSL3_MASTER_KEY_DERIVE_PARAMS.
 *
 * @param prf CKM_* of the hash, or CKM_TLS_PRF
 * @param label empty where the mechanism has its own
 * @param client the client's random data
 * @param server the server's random data
 * @param context context of an exporter; empty if there is none
 */
public record TlsDerivationParameters(long prf, byte[] label, byte[] client, byte[] server, byte[] context)
        implements MechanismParameters {}
