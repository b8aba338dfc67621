// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import org.ferrohsm.core.secret.SecretBytes;

/** The multiplicative group modulo a prime in which keys of one kind live, or the part of it that a base generates. */
interface FiniteFieldGroup {
    BigInteger prime();

    BigInteger base();

    /** The domain parameters in the order of the kind's AlgorithmIdentifier. */
    List<BigInteger> domain();

    /**
     * Checks that the parameters hold what they promise.
     *
     * @throws org.ferrohsm.core.fault.HsmException KEY_SIZE_RANGE, DOMAIN_PARAMS_INVALID
     */
    void check();

    /** Whether a public value is one of this group. */
    boolean contains(BigInteger publicValue);

    /** What private values, which are positive, are below. */
    BigInteger privateBound();

    /** CKA_VALUE of a private key. */
    SecretBytes encode(BigInteger privateValue);
}
