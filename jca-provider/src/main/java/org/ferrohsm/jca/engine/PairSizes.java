// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.NamedCurve;
import org.ferrohsm.jca.key.PublicKeys;

/** The sizes of key pair that each algorithm has, as the JCA asks for them. */
public enum PairSizes {
    RSA {
        @Override
        PairSize byDefault() {
            return rsa(DEFAULT_RSA_BITS, RSAKeyGenParameterSpec.F4);
        }

        @Override
        PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
            if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS || bits % RSA_STEP != 0) {
                throw new InvalidAlgorithmParameterException("an RSA key of " + bits + " bits");
            }
            return rsa(bits, RSAKeyGenParameterSpec.F4);
        }

        @Override
        PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            if (!(spec instanceof RSAKeyGenParameterSpec rsa)) {
                throw new InvalidAlgorithmParameterException("RSA takes an RSAKeyGenParameterSpec");
            }
            PairSize checked = ofBits(rsa.getKeysize());
            return rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                    ? checked
                    : rsa(rsa.getKeysize(), rsa.getPublicExponent());
        }

        private PairSize rsa(int bits, BigInteger exponent) {
            return new PairSize(
                    KeyKind.RSA,
                    Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                    () -> Template.builder()
                            .put(Cka.CKA_MODULUS_BITS, bits)
                            .put(Cka.CKA_PUBLIC_EXPONENT, exponent.toByteArray()));
        }
    },
    EC {
        @Override
        PairSize byDefault() {
            return ec(NamedCurve.P256);
        }

        @Override
        PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
            return ec(NamedCurve.ofSize(bits)
                    .orElseThrow(() -> new InvalidAlgorithmParameterException("no curve of " + bits + " bits")));
        }

        @Override
        PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            return ec(NamedCurve.of(spec)
                    .orElseThrow(() -> new InvalidAlgorithmParameterException("the token does not have that curve")));
        }

        private PairSize ec(NamedCurve curve) {
            return new PairSize(
                    KeyKind.EC,
                    Ckm.CKM_EC_KEY_PAIR_GEN,
                    () -> Template.builder().put(Cka.CKA_EC_PARAMS, curve.ecParams()));
        }
    },
    ED25519 {
        @Override
        PairSize byDefault() {
            return new PairSize(
                    KeyKind.EDWARDS,
                    Ckm.CKM_EC_EDWARDS_KEY_PAIR_GEN,
                    () -> Template.builder().put(Cka.CKA_EC_PARAMS, PublicKeys.ed25519Params()));
        }

        @Override
        PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
            if (bits != ED25519_BITS) {
                throw new InvalidAlgorithmParameterException("Ed25519 has 255 bits");
            }
            return byDefault();
        }

        @Override
        PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
            if (!(spec instanceof NamedParameterSpec named)
                    || !named.getName().equalsIgnoreCase(NamedParameterSpec.ED25519.getName())) {
                throw new InvalidAlgorithmParameterException("of the Edwards curves the token has Ed25519");
            }
            return byDefault();
        }
    };

    private static final int MIN_RSA_BITS = 2048;
    private static final int DEFAULT_RSA_BITS = 3072;
    private static final int MAX_RSA_BITS = 4096;
    private static final int RSA_STEP = 128;
    private static final int ED25519_BITS = 255;

    abstract PairSize byDefault();

    abstract PairSize ofBits(int bits) throws InvalidAlgorithmParameterException;

    /** The size that platform parameters ask for. */
    abstract PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException;
}
