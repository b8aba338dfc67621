// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KeyGeneratorSpi;
import javax.crypto.SecretKey;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/** Generates secret keys in the token; the random numbers are the token's own. */
public final class FerroKeyGenerator extends KeyGeneratorSpi {
    private static final int DEFAULT_AES_BITS = 256;

    private final KeyKind kind;
    private final long mechanism;
    private final int defaultBits;
    private final TokenSource source;
    private FerroKeySpec spec = KeyMaker.sessionKey();
    private int bits;

    private FerroKeyGenerator(KeyKind kind, long mechanism, int defaultBits, TokenSource source) {
        this.kind = kind;
        this.mechanism = mechanism;
        this.defaultBits = defaultBits;
        this.source = source;
        this.bits = defaultBits;
    }

    /** For AES keys. */
    public static FerroKeyGenerator aes(TokenSource source) {
        return new FerroKeyGenerator(KeyKind.AES, Ckm.CKM_AES_KEY_GEN, DEFAULT_AES_BITS, source);
    }

    /** For the keys of an HMAC, as long as its hash unless said otherwise (RFC 2104 section 3). */
    public static FerroKeyGenerator hmac(MacAlgorithm hmac, TokenSource source) {
        return new FerroKeyGenerator(KeyKind.GENERIC, Ckm.CKM_GENERIC_SECRET_KEY_GEN, 8 * hmac.length(), source);
    }

    @Override
    protected void engineInit(SecureRandom random) {
        bits = defaultBits;
        spec = KeyMaker.sessionKey();
    }

    @Override
    protected void engineInit(@Nullable AlgorithmParameterSpec given, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (!(given instanceof FerroKeySpec ferro) || ferro.parameters().isPresent()) {
            throw new InvalidAlgorithmParameterException("secret keys take a FerroKeySpec without further parameters");
        }
        int wanted = ferro.keySize().orElse(defaultBits);
        if (!isSize(wanted)) {
            throw new InvalidAlgorithmParameterException("a key of " + wanted + " bits");
        }
        bits = wanted;
        spec = ferro;
    }

    @Override
    protected void engineInit(int wanted, SecureRandom random) {
        if (!isSize(wanted)) {
            throw new InvalidParameterException("a key of " + wanted + " bits");
        }
        bits = wanted;
        spec = KeyMaker.sessionKey();
    }

    @Override
    protected SecretKey engineGenerateKey() {
        return Faults.plain(
                () -> new KeyMaker(source.token(), spec).generateSecret(kind, MechanismCall.of(mechanism), bits / 8));
    }

    private boolean isSize(int wanted) {
        return kind == KeyKind.AES
                ? wanted == 128 || wanted == 192 || wanted == DEFAULT_AES_BITS
                : wanted >= 8 && wanted % 8 == 0;
    }
}
