// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/**
 * CK_TLS_PRF_PARAMS.
 *
 * @param seed what the function runs over
 * @param label what stands before it
 * @param length how many bytes go back
 */
public record TlsPrfParameters(byte[] seed, byte[] label, long length) implements MechanismParameters {}
