// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.TokenSource;

/** Imports secret keys: as session keys, or as a {@link FerroKeySpec} with the key inside says. */
public final class FerroSecretKeyFactory extends SecretKeyFactorySpi {
    private final KeyKind kind;
    private final TokenSource source;

    public FerroSecretKeyFactory(KeyKind kind, TokenSource source) {
        this.kind = kind;
        this.source = source;
    }

    @Override
    protected SecretKey engineGenerateSecret(KeySpec given) throws InvalidKeySpecException {
        FerroKeySpec keeping = given instanceof FerroKeySpec ferro ? ferro : KeyMaker.sessionKey();
        KeySpec spec = given instanceof FerroKeySpec ferro
                ? ferro.key().orElseThrow(() -> new InvalidKeySpecException("the specification holds no key to import"))
                : given;
        if (!(spec instanceof SecretKeySpec software)) {
            throw new InvalidKeySpecException("a secret key is imported from a SecretKeySpec");
        }
        try {
            return imported(software, keeping);
        } catch (InvalidKeyException e) {
            throw new InvalidKeySpecException(e.getMessage(), e);
        }
    }

    @Override
    protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted) throws InvalidKeySpecException {
        throw new InvalidKeySpecException("the key stays in its token");
    }

    @Override
    protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
        return key instanceof OpaqueSecretKey ? key : imported(key, KeyMaker.sessionKey());
    }

    private SecretKey imported(SecretKey software, FerroKeySpec keeping) throws InvalidKeyException {
        byte[] value = software.getEncoded();
        if (value == null) {
            throw new InvalidKeyException("the key does not show itself, so that it cannot be imported");
        }
        try {
            return new KeyMaker(source.token(), keeping).importSecret(kind, value);
        } catch (HsmException e) {
            throw Faults.as(InvalidKeyException.class, InvalidKeyException::new, e);
        } finally {
            Arrays.fill(value, (byte) 0);
        }
    }
}
