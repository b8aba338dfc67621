// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

/** What the parameters of all authenticated ciphers have. */
public interface AeadParameters extends MechanismParameters {
    /** The initialisation vector or nonce. */
    byte[] nonce();

    /** Length of the tag in bits, unsigned. */
    long tagBits();
}
