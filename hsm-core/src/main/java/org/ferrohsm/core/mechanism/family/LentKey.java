// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.function.UnaryOperator;
import javax.crypto.SecretKey;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * A secret key for the engines that holds no bytes of its own: they stay the object's, and are gone when it closes. An
 * engine gets a copy while it initialises a cipher.
 */
final class LentKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;
    private final transient SecretBytes value;
    private final transient UnaryOperator<byte[]> form;

    LentKey(String algorithm, SecretBytes value) {
        this(algorithm, value, byte[]::clone);
    }

    /** The engine gets what {@code form} makes of the bytes: a copy. */
    LentKey(String algorithm, SecretBytes value, UnaryOperator<byte[]> form) {
        this.algorithm = algorithm;
        this.value = value;
        this.form = form;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return value.use(form);
    }

    private void readObject(ObjectInputStream stream) throws InvalidObjectException {
        throw new InvalidObjectException("a key does not leave the token this way");
    }
}
