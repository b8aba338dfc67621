// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One parameter set of ML-DSA, ML-KEM or SLH-DSA and what a key codec asks of it.
 *
 * @param number CKP_*, the value of CKA_PARAMETER_SET
 * @param arcs DER content of its object identifier's arcs but the last
 * @param oid the last arc
 * @param publicLength bytes of a public key
 * @param privateLength bytes of a private key in its expanded form
 * @param seedLength bytes of a seed, 0 if keys have none
 * @param expand the expanded private key of a seed
 * @param publicOf the public key of an expanded private key; throws IllegalArgumentException for one whose parts do not
 *     belong together
 * @param publicKey throws IllegalArgumentException for what cannot be a public key
 */
record PqcParameterSet(
        long number,
        byte[] arcs,
        int oid,
        int publicLength,
        int privateLength,
        int seedLength,
        UnaryOperator<byte[]> expand,
        UnaryOperator<byte[]> publicOf,
        Consumer<byte[]> publicKey) {
    /** The whole AlgorithmIdentifier, which has no parameters. */
    byte[] algorithm() {
        return Der.element(Der.SEQUENCE, Der.element(Der.OBJECT_IDENTIFIER, arcs, new byte[] {(byte) oid}));
    }

    byte[] subjectPublicKeyInfo(byte[] value) {
        return Der.element(Der.SEQUENCE, algorithm(), Der.bitString(value));
    }

    /** The public key of an expanded private key, empty if its parts do not belong together. */
    Optional<byte[]> publicKeyOf(byte[] expanded) {
        try {
            return expanded.length == privateLength ? Optional.of(publicOf.apply(expanded)) : Optional.empty();
        } catch (IllegalArgumentException inconsistent) {
            return Optional.empty();
        }
    }

    /** Whether a value of the right length is a public key. */
    boolean isPublicKey(byte[] value) {
        try {
            publicKey.accept(value);
            return true;
        } catch (IllegalArgumentException impossible) {
            return false;
        }
    }
}
