// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Wrapping by RSA OAEP (PKCS#11 3.2 section 6.1.8): of a key alone, or of the temporary key that wraps a longer one. */
final class OaepWrapper implements KeyWrapper {
    private final Engines engines;

    OaepWrapper(Engines engines) {
        this.engines = engines;
    }

    static byte[] encrypt(RsaKeys.Public key, OaepEncoding encoding, byte[] data) {
        byte[] block = encoding.encode(data, key.bytes());
        try {
            return key.permute(block, Fault.FUNCTION_FAILED);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** One fault for everything that is wrong inside, so that nothing can be learnt from it (T13). */
    static byte[] decrypt(RsaKeys.Private key, OaepEncoding encoding, byte[] ciphertext, Fault otherwise) {
        byte[] block = key.permute(ciphertext, otherwise);
        try {
            return encoding.decode(block, otherwise);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    @Override
    public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
        OaepEncoding encoding = OaepEncoding.of(parameters, engines);
        RsaKeys.Public prepared = RsaKeys.publicKey(wrappingKey, engines);
        if (serialised.length() > encoding.capacity(prepared.bytes())) {
            throw Fault.KEY_SIZE_RANGE.because("a key of " + serialised.length() + " bytes does not fit");
        }
        return serialised.use(bytes -> encrypt(prepared, encoding, bytes));
    }

    @Override
    public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
        OaepEncoding encoding = OaepEncoding.of(parameters, engines);
        RsaKeys.Private prepared = RsaKeys.privateKey(unwrappingKey, engines);
        if (wrapped.length != prepared.bytes()) {
            throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
        }
        return SecretBytes.adopt(decrypt(prepared, encoding, wrapped, Fault.WRAPPED_KEY_INVALID));
    }
}
