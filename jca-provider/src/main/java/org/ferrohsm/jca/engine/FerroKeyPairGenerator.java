// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/** Generates key pairs in the token; the random numbers are the token's own. */
public final class FerroKeyPairGenerator extends KeyPairGeneratorSpi {
    private final PairSizes sizes;
    private final TokenSource source;
    private FerroKeySpec spec = KeyMaker.sessionKey();
    private PairSize size;

    public FerroKeyPairGenerator(PairSizes sizes, TokenSource source) {
        this.sizes = sizes;
        this.source = source;
        this.size = sizes.byDefault();
    }

    @Override
    public void initialize(int bits, SecureRandom random) {
        try {
            size = sizes.ofBits(bits);
        } catch (InvalidAlgorithmParameterException e) {
            InvalidParameterException refusal = new InvalidParameterException(e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
        spec = KeyMaker.sessionKey();
    }

    @Override
    public void initialize(@Nullable AlgorithmParameterSpec given, SecureRandom random)
            throws InvalidAlgorithmParameterException {
        if (!(given instanceof FerroKeySpec ferro)) {
            size = given == null ? sizes.byDefault() : sizes.of(given);
            spec = KeyMaker.sessionKey();
            return;
        }
        if (ferro.parameters().isPresent()) {
            size = sizes.of(ferro.parameters().get());
        } else {
            size = ferro.keySize().isPresent() ? sizes.ofBits(ferro.keySize().get()) : sizes.byDefault();
        }
        spec = ferro;
    }

    @Override
    public KeyPair generateKeyPair() {
        return Faults.plain(() -> new KeyMaker(source.token(), spec)
                .generatePair(size.kind(), MechanismCall.of(size.mechanism()), size.template()));
    }
}
