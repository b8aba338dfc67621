// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.InvalidAlgorithmParameterException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** Wrapping by AES key wrap (NIST SP 800-38F, RFC 3394, RFC 5649; PKCS#11 3.2 section 6.16). */
final class AesWrapFamily implements MechanismFamily {
    private static final int SEMIBLOCK = 8;

    private final Engines engines;

    AesWrapFamily(Engines engines) {
        this.engines = engines;
    }

    /** The deprecated CKM_AES_KEY_WRAP_PAD stands for the padding of RFC 5649, as its users read it. */
    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_AES_KEY_WRAP, new Wrapper("AES/KW/NoPadding", 8, 16, true)),
                row(Ckm.CKM_AES_KEY_WRAP_KWP, new Wrapper("AES/KWP/NoPadding", 4, 1, false)),
                row(Ckm.CKM_AES_KEY_WRAP_PAD, new Wrapper("AES/KWP/NoPadding", 4, 1, false)));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism row(long type, KeyWrapper wrapper) {
        return Mechanism.row(type, Ckk.CKK_AES)
                .keySizes(16, 32)
                .optionalParameters(RawParameters.class)
                .wraps(wrapper)
                .build();
    }

    private final class Wrapper implements KeyWrapper {
        private final String transformation;
        private final int ivLength;
        private final int minInput;
        private final boolean fillUp;

        /** {@code fillUp}: zeros fill the last semiblock up, because the algorithm itself pads nothing. */
        Wrapper(String transformation, int ivLength, int minInput, boolean fillUp) {
            this.transformation = transformation;
            this.ivLength = ivLength;
            this.minInput = minInput;
            this.fillUp = fillUp;
        }

        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
            if (serialised.length() < minInput) {
                throw Fault.KEY_SIZE_RANGE.because("a key of " + serialised.length() + " bytes cannot be wrapped");
            }
            CipherKey key = CipherKey.of(wrappingKey, BlockCipher.AES, engines);
            return serialised.use(bytes -> {
                byte[] input =
                        fillUp ? Arrays.copyOf(bytes, (bytes.length + SEMIBLOCK - 1) / SEMIBLOCK * SEMIBLOCK) : bytes;
                try {
                    return run(key, Cipher.ENCRYPT_MODE, parameters, input, Fault.FUNCTION_FAILED);
                } finally {
                    if (input != bytes) {
                        Arrays.fill(input, (byte) 0);
                    }
                }
            });
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
            CipherKey key = CipherKey.of(unwrappingKey, BlockCipher.AES, engines);
            if (wrapped.length % SEMIBLOCK != 0 || wrapped.length < Math.max(2 * SEMIBLOCK, minInput + SEMIBLOCK)) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
            }
            return SecretBytes.adopt(run(key, Cipher.DECRYPT_MODE, parameters, wrapped, Fault.WRAPPED_KEY_INVALID));
        }

        @Override
        public int unit() {
            return fillUp ? SEMIBLOCK : 1;
        }

        private byte[] run(
                CipherKey key, int direction, MechanismParameters parameters, byte[] input, Fault otherwise) {
            IvParameterSpec iv = iv(parameters);
            return EngineCall.orFault(otherwise, "the key does not wrap or unwrap", () -> {
                Cipher cipher = engines.cipher(transformation);
                try {
                    cipher.init(direction, key.secret(), iv);
                } catch (InvalidAlgorithmParameterException e) {
                    throw Fault.MECHANISM_PARAM_INVALID.because("the engine refuses the IV", e);
                }
                return cipher.doFinal(input);
            });
        }

        private @Nullable IvParameterSpec iv(MechanismParameters parameters) {
            if (parameters instanceof NoParameters) {
                return null;
            }
            byte[] iv = Checks.parameters(RawParameters.class, parameters).bytes();
            if (iv.length != ivLength) {
                throw Fault.MECHANISM_PARAM_INVALID.because("an IV of " + iv.length + " bytes");
            }
            return new IvParameterSpec(iv);
        }
    }
}
