// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_SSL3_KEY_MAT_PARAMS and CK_TLS12_KEY_MAT_PARAMS.
 *
 * @param prf CKM_* of the hash, or CKM_TLS_PRF
 * @param macBits length of a MAC secret in bits, 0 for a cipher that needs none
 * @param keyBits length of a key in bits
 * @param ivBits length of an IV in bits, 0 if none is wanted
 * @param export whether the cipher suite is one that was weakened for export
 * @param client the client's random data
 * @param server the server's random data
 */
public record TlsKeyParameters(
        long prf, long macBits, long keyBits, long ivBits, boolean export, byte[] client, byte[] server)
        implements MechanismParameters {}
