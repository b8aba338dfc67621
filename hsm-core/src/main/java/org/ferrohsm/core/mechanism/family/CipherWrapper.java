// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.CipherFactory;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * Wraps by a cipher: the serialised key is the data (PKCS#11 3.2 sections 6.10 and 6.11). Where the cipher takes whole
 * blocks alone, zeros fill the last one up.
 */
final class CipherWrapper implements KeyWrapper {
    private final CipherFactory encryptor;
    private final CipherFactory decryptor;
    private final int unit;

    private CipherWrapper(CipherFactory encryptor, CipherFactory decryptor, int unit) {
        this.encryptor = encryptor;
        this.decryptor = decryptor;
        this.unit = unit;
    }

    /** Makes the row encrypt, decrypt and wrap; {@code unit} is the block's size in bytes where nothing else pads, else 1. */
    static Mechanism.Builder row(Mechanism.Builder row, int unit, CipherFactory encryptor, CipherFactory decryptor) {
        return row.encrypts(encryptor).decrypts(decryptor).wraps(new CipherWrapper(encryptor, decryptor, unit));
    }

    @Override
    public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
        CipherStream stream = encryptor.open(wrappingKey, parameters);
        return serialised.use(bytes -> {
            byte[] whole = Arrays.copyOf(bytes, (bytes.length + unit - 1) / unit * unit);
            try {
                return stream.finish(whole, 0, whole.length);
            } finally {
                Arrays.fill(whole, (byte) 0);
            }
        });
    }

    @Override
    public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
        CipherStream stream = decryptor.open(unwrappingKey, parameters);
        try {
            return SecretBytes.adopt(stream.finish(wrapped, 0, wrapped.length));
        } catch (HsmException e) {
            throw unwrapping(e);
        }
    }

    @Override
    public int unit() {
        return unit;
    }

    /** What a decryption says of its data, said of a wrapped key. */
    private static HsmException unwrapping(HsmException decrypting) {
        return switch (decrypting.fault()) {
            case ENCRYPTED_DATA_INVALID -> Fault.WRAPPED_KEY_INVALID.because("it is not what was wrapped", decrypting);
            case ENCRYPTED_DATA_LEN_RANGE ->
                Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key has another length", decrypting);
            default -> decrypting;
        };
    }
}
