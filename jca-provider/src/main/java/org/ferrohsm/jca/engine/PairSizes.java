// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;

/** The sizes of key pair that an algorithm has, as the JCA asks for them. */
public interface PairSizes {
    PairSize byDefault();

    PairSize ofBits(int bits) throws InvalidAlgorithmParameterException;

    /** The size that platform parameters ask for. */
    PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException;
}
