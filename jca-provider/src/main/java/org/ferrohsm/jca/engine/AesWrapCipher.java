// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.jspecify.annotations.Nullable;

/** AES key wrap (RFC 3394, RFC 5649): keys of the token wrapped by keys of the token. */
public final class AesWrapCipher extends OpaqueCipher {
    private static final int SEMIBLOCK = 8;

    private final MechanismCall call;
    private @Nullable ObjectReference key;

    /** {@code mechanism}: CKM_AES_KEY_WRAP or CKM_AES_KEY_WRAP_KWP. */
    public AesWrapCipher(long mechanism) {
        this.call = MechanismCall.of(mechanism);
    }

    @Override
    void init(int mode, Key given, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("the IV is the standard's");
        }
        if (mode != Cipher.WRAP_MODE && mode != Cipher.UNWRAP_MODE) {
            throw new UnsupportedOperationException("the cipher wraps and unwraps keys only");
        }
        if (!(given instanceof OpaqueSecretKey secret) || secret.keyType() != KeyKind.AES.keyType()) {
            throw new InvalidKeyException("the cipher needs an AES key of FerroHSM");
        }
        secret.require(mode == Cipher.WRAP_MODE ? KeyUsage.WRAP : KeyUsage.UNWRAP);
        key = secret.reference();
    }

    @Override
    @Nullable
    Class<? extends AlgorithmParameterSpec> parameterKind() {
        return null;
    }

    @Override
    MechanismCall wrapping() {
        return call;
    }

    @Override
    ObjectReference key() {
        if (key == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return key;
    }

    @Override
    byte[] update(byte[] input, int offset, int length, int room) {
        throw new IllegalStateException("the cipher wraps and unwraps keys only");
    }

    @Override
    byte[] finish(byte[] input, int offset, int length) {
        throw new IllegalStateException("the cipher wraps and unwraps keys only");
    }

    @Override
    boolean isUnderWay() {
        return false;
    }

    @Override
    protected int engineGetBlockSize() {
        return SEMIBLOCK;
    }

    @Override
    protected int engineGetOutputSize(int length) {
        return length + 2 * SEMIBLOCK;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return null;
    }
}
