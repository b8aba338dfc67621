// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** How one row is compared with OpenSSL, over random keys and data: what one makes, the other takes. */
@FunctionalInterface
interface OpenSslCheck {
    void run(long type, OpenSsl other, Random random);

    /** Any length of a MAC that is not too short to be one. */
    static int macLength(Random random, int most) {
        return 8 + random.nextInt(most - 7);
    }

    /** A MAC is the other's, and verifies. */
    static void mac(long type, HsmObject key, MechanismParameters parameters, byte[] data, byte[] expected) {
        assertArrayEquals(expected, Rows.sign(type, key, parameters, data));
        Rows.verify(type, key, parameters, data, expected);
    }
}
