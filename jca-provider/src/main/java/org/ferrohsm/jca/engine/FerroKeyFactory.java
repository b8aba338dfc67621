// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactorySpi;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.key.Platform;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.TokenSource;

/**
 * Imports private keys: as session keys, or as a {@link FerroKeySpec} with the key inside says. Public keys are the
 * platform's, made by the platform.
 */
public final class FerroKeyFactory extends KeyFactorySpi {
    private final String algorithm;
    private final TokenSource source;

    /** {@code algorithm}: whose keys, under a name of the platform's. */
    public FerroKeyFactory(String algorithm, TokenSource source) {
        this.algorithm = algorithm;
        this.source = source;
    }

    @Override
    protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
        try {
            return Platform.keyFactory(algorithm).generatePublic(spec);
        } catch (RuntimeException e) {
            throw new InvalidKeySpecException("the platform does not take the public key", e);
        }
    }

    @Override
    protected PrivateKey engineGeneratePrivate(KeySpec given) throws InvalidKeySpecException {
        FerroKeySpec keeping = given instanceof FerroKeySpec ferro ? ferro : KeyMaker.sessionKey();
        KeySpec spec = given instanceof FerroKeySpec ferro
                ? ferro.key().orElseThrow(() -> new InvalidKeySpecException("the specification holds no key to import"))
                : given;
        try {
            return imported(Platform.keyFactory(algorithm).generatePrivate(spec), keeping);
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    @Override
    protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> wanted) throws InvalidKeySpecException {
        if (key instanceof OpaqueKey) {
            throw new InvalidKeySpecException("the key stays in its token");
        }
        return Platform.keyFactory(algorithm).getKeySpec(key, wanted);
    }

    /** A software private key is imported as a session key. */
    @Override
    protected Key engineTranslateKey(Key key) throws InvalidKeyException {
        if (key instanceof OpaqueKey) {
            return key;
        }
        return key instanceof PrivateKey software
                ? imported(software, KeyMaker.sessionKey())
                : Platform.keyFactory(algorithm).translateKey(key);
    }

    private PrivateKey imported(PrivateKey software, FerroKeySpec keeping) throws InvalidKeyException {
        try {
            return new KeyMaker(source.token(), keeping).importPrivate(software);
        } catch (HsmException e) {
            throw Faults.as(InvalidKeyException.class, InvalidKeyException::new, e);
        }
    }
}
