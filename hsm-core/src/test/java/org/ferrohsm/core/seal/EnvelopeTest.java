// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.SecureRandom;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final byte[] AAD = {1, 2, 3};
    private static final byte[] TEXT = {4, 5, 6, 7};

    private final SecureRandom random = new SecureRandom();
    private final SecretBytes key = SecretBytes.random(32, random);

    @Property(tries = 200)
    void what_was_sealed_opens(@ForAll byte[] plaintext, @ForAll byte[] aad) {
        byte[] sealed = Envelope.seal(key, aad, plaintext, random);
        assertEquals(plaintext.length + Envelope.OVERHEAD, sealed.length);
        assertArrayEquals(plaintext, Envelope.open(key, aad, sealed, "it"));
    }

    @Test
    void any_flipped_bit_is_a_device_error() {
        byte[] sealed = Envelope.seal(key, AAD, TEXT, random);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertRefused(key, AAD, changed);
        }
    }

    @Test
    void any_shortening_is_a_device_error() {
        byte[] sealed = Envelope.seal(key, AAD, TEXT, random);
        for (int length = 0; length < sealed.length; length++) {
            assertRefused(key, AAD, Arrays.copyOf(sealed, length));
        }
        assertRefused(key, AAD, Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void other_associated_data_is_a_device_error() {
        byte[] sealed = Envelope.seal(key, AAD, TEXT, random);
        assertRefused(key, new byte[] {1, 2}, sealed);
        assertRefused(key, new byte[] {1, 2, 4}, sealed);
    }

    @Test
    void another_key_is_a_device_error() {
        byte[] sealed = Envelope.seal(key, AAD, TEXT, random);
        assertRefused(SecretBytes.random(32, random), AAD, sealed);
    }

    @Test
    void sealing_the_same_twice_gives_different_bytes() {
        assertFalse(Arrays.equals(Envelope.seal(key, AAD, TEXT, random), Envelope.seal(key, AAD, TEXT, random)));
    }

    private static void assertRefused(SecretBytes key, byte[] aad, byte[] sealed) {
        assertFault(Fault.DEVICE_ERROR, () -> Envelope.open(key, aad, sealed, "the thing"));
    }
}
