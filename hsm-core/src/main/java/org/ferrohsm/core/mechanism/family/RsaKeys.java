// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.EngineForm;
import org.ferrohsm.core.object.HsmObject;

/** The engine's form of an RSA key: the bare permutation, on which every padding stands. */
final class RsaKeys {
    private static final String PERMUTATION = "RSA/ECB/NoPadding";

    private RsaKeys() {}

    /** KEY_TYPE_INCONSISTENT unless {@code key} is an RSA private key. */
    static Private privateKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_RSA);
        return key.prepared(
                Private.class,
                k -> EngineCall.orFault(
                        Fault.FUNCTION_FAILED, "the engine refuses the key", () -> new Private(k, engines)));
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is an RSA public key. */
    static Public publicKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_RSA);
        return key.prepared(
                Public.class,
                k -> EngineCall.orFault(
                        Fault.FUNCTION_FAILED, "the engine refuses the key", () -> new Public(k, engines)));
    }

    /** What both halves have. */
    abstract static class Form {
        private final BigInteger modulus;
        private final Spare<Cipher> ciphers;

        Form(BigInteger modulus, Engines engines, Key key, int direction) {
            this.modulus = modulus;
            this.ciphers =
                    new Spare<>(() -> EngineCall.orFault(Fault.FUNCTION_FAILED, "the engine refuses the key", () -> {
                        Cipher cipher = engines.cipher(PERMUTATION);
                        cipher.init(direction, key);
                        return cipher;
                    }));
        }

        BigInteger modulus() {
            return modulus;
        }

        /** Length of the modulus in bytes. */
        int bytes() {
            return (modulus.bitLength() + 7) / 8;
        }

        /** The permutation of a block of exactly {@link #bytes}; {@code otherwise} if it is not below the modulus. */
        byte[] permute(byte[] block, Fault otherwise) {
            Cipher cipher = ciphers.take();
            byte[] result = EngineCall.orFault(otherwise, "not below the modulus", () -> cipher.doFinal(block));
            ciphers.giveBack(cipher);
            return fullWidth(result);
        }

        /** Some engines drop leading zeros. */
        private byte[] fullWidth(byte[] result) {
            int width = bytes();
            if (result.length == width) {
                return result;
            }
            byte[] full = new byte[width];
            System.arraycopy(result, 0, full, width - result.length, result.length);
            Arrays.fill(result, (byte) 0);
            return full;
        }
    }

    /** A private key. */
    static final class Private extends Form implements EngineForm {
        private final PrivateKey key;

        private Private(HsmObject object, Engines engines) throws GeneralSecurityException {
            this(object, engines, make(object, engines.keyFactory("RSA")));
        }

        private Private(HsmObject object, Engines engines, PrivateKey key) {
            super(BigIntegers.of(object.attributes().bytes(Cka.CKA_MODULUS)), engines, key, Cipher.DECRYPT_MODE);
            this.key = key;
        }

        @Override
        public PrivateKey key() {
            return key;
        }

        private static PrivateKey make(HsmObject object, KeyFactory factory) throws GeneralSecurityException {
            return factory.generatePrivate(new RSAPrivateCrtKeySpec(
                    BigIntegers.of(object.attributes().bytes(Cka.CKA_MODULUS)),
                    BigIntegers.of(object.attributes().bytes(Cka.CKA_PUBLIC_EXPONENT)),
                    BigIntegers.of(object.secret(Cka.CKA_PRIVATE_EXPONENT)),
                    BigIntegers.of(object.secret(Cka.CKA_PRIME_1)),
                    BigIntegers.of(object.secret(Cka.CKA_PRIME_2)),
                    BigIntegers.of(object.secret(Cka.CKA_EXPONENT_1)),
                    BigIntegers.of(object.secret(Cka.CKA_EXPONENT_2)),
                    BigIntegers.of(object.secret(Cka.CKA_COEFFICIENT))));
        }
    }

    /** A public key. */
    static final class Public extends Form {
        private Public(HsmObject object, Engines engines) throws GeneralSecurityException {
            this(object, engines, make(object, engines.keyFactory("RSA")));
        }

        private Public(HsmObject object, Engines engines, PublicKey key) {
            super(BigIntegers.of(object.attributes().bytes(Cka.CKA_MODULUS)), engines, key, Cipher.ENCRYPT_MODE);
        }

        private static PublicKey make(HsmObject object, KeyFactory factory) throws GeneralSecurityException {
            return factory.generatePublic(new RSAPublicKeySpec(
                    BigIntegers.of(object.attributes().bytes(Cka.CKA_MODULUS)),
                    BigIntegers.of(object.attributes().bytes(Cka.CKA_PUBLIC_EXPONENT))));
        }
    }
}
