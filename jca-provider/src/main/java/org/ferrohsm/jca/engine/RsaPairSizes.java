// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.jca.key.KeyKind;

/** Sizes of RSA keys: moduli in steps of 128 bits, any public exponent that the token takes. */
public record RsaPairSizes() implements PairSizes {
    private static final int MIN_BITS = 2048;
    private static final int DEFAULT_BITS = 3072;
    private static final int MAX_BITS = 8192;
    private static final int STEP = 128;

    @Override
    public PairSize byDefault() {
        return rsa(DEFAULT_BITS, RSAKeyGenParameterSpec.F4);
    }

    @Override
    public PairSize ofBits(int bits) throws InvalidAlgorithmParameterException {
        if (bits < MIN_BITS || bits > MAX_BITS || bits % STEP != 0) {
            throw new InvalidAlgorithmParameterException("an RSA key of " + bits + " bits");
        }
        return rsa(bits, RSAKeyGenParameterSpec.F4);
    }

    @Override
    public PairSize of(AlgorithmParameterSpec spec) throws InvalidAlgorithmParameterException {
        if (!(spec instanceof RSAKeyGenParameterSpec rsa)) {
            throw new InvalidAlgorithmParameterException("RSA takes an RSAKeyGenParameterSpec");
        }
        PairSize checked = ofBits(rsa.getKeysize());
        return rsa.getPublicExponent().equals(RSAKeyGenParameterSpec.F4)
                ? checked
                : rsa(rsa.getKeysize(), rsa.getPublicExponent());
    }

    private static PairSize rsa(int bits, BigInteger exponent) {
        return new PairSize(
                KeyKind.RSA,
                Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN,
                () -> Template.builder()
                        .put(Cka.CKA_MODULUS_BITS, bits)
                        .put(Cka.CKA_PUBLIC_EXPONENT, exponent.toByteArray()));
    }
}
