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
                row(Ckm.CKM_AES_KEY_WRAP, new Wrapper("AES/KW/NoPadding", 8, 16, Padding.ZEROS)),
                row(Ckm.CKM_AES_KEY_WRAP_PKCS7, new Wrapper("AES/KW/NoPadding", 8, 8, Padding.PKCS7)),
                row(Ckm.CKM_AES_KEY_WRAP_KWP, new Wrapper("AES/KWP/NoPadding", 4, 1, Padding.NONE)),
                row(Ckm.CKM_AES_KEY_WRAP_PAD, new Wrapper("AES/KWP/NoPadding", 4, 1, Padding.NONE)));
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

    /** What makes whole semiblocks of a key before it is wrapped. */
    private enum Padding {
        /** Nothing: the algorithm pads. */
        NONE {
            @Override
            byte[] added(byte[] key) {
                return key.clone();
            }
        },
        /** Zeros, which whoever unwraps cannot tell from the key. */
        ZEROS {
            @Override
            byte[] added(byte[] key) {
                return Arrays.copyOf(key, (key.length + SEMIBLOCK - 1) / SEMIBLOCK * SEMIBLOCK);
            }
        },
        /** One to eight bytes that each say how many they are; {@link #removed} runs on what the algorithm has checked. */
        PKCS7 {
            @Override
            byte[] added(byte[] key) {
                int count = SEMIBLOCK - key.length % SEMIBLOCK;
                byte[] whole = Arrays.copyOf(key, key.length + count);
                Arrays.fill(whole, key.length, whole.length, (byte) count);
                return whole;
            }

            @Override
            byte[] removed(byte[] whole) {
                int count = whole[whole.length - 1];
                byte[] key = Arrays.copyOf(whole, whole.length - Math.max(0, Math.min(count, SEMIBLOCK)));
                byte[] again = added(key);
                boolean same = Arrays.equals(whole, again);
                Arrays.fill(whole, (byte) 0);
                Arrays.fill(again, (byte) 0);
                if (!same) {
                    Arrays.fill(key, (byte) 0);
                    throw Fault.WRAPPED_KEY_INVALID.because("the padding is not that of PKCS #7");
                }
                return key;
            }
        };

        /** A copy with the padding. */
        abstract byte[] added(byte[] key);

        /** The key without the padding; {@code whole} is wiped if it is not the key. */
        byte[] removed(byte[] whole) {
            return whole;
        }
    }

    private final class Wrapper implements KeyWrapper {
        private final String transformation;
        private final int ivLength;
        private final int minInput;
        private final Padding padding;

        Wrapper(String transformation, int ivLength, int minInput, Padding padding) {
            this.transformation = transformation;
            this.ivLength = ivLength;
            this.minInput = minInput;
            this.padding = padding;
        }

        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
            if (serialised.length() < minInput) {
                throw Fault.KEY_SIZE_RANGE.because("a key of " + serialised.length() + " bytes cannot be wrapped");
            }
            CipherKey key = CipherKey.of(wrappingKey, BlockCipher.AES, engines);
            return serialised.use(bytes -> {
                byte[] input = padding.added(bytes);
                try {
                    return run(key, Cipher.ENCRYPT_MODE, parameters, input, Fault.FUNCTION_FAILED);
                } finally {
                    Arrays.fill(input, (byte) 0);
                }
            });
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
            CipherKey key = CipherKey.of(unwrappingKey, BlockCipher.AES, engines);
            if (wrapped.length % SEMIBLOCK != 0 || wrapped.length < Math.max(2 * SEMIBLOCK, minInput + SEMIBLOCK)) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
            }
            byte[] whole = run(key, Cipher.DECRYPT_MODE, parameters, wrapped, Fault.WRAPPED_KEY_INVALID);
            return SecretBytes.adopt(padding.removed(whole));
        }

        @Override
        public int unit() {
            return padding == Padding.ZEROS ? SEMIBLOCK : 1;
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
