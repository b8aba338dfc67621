// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.OAEPParameterSpec;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.key.PublicKeys;
import org.ferrohsm.jca.key.RsaOpaqueKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * RSA encryption: decryption by private keys of the token; for callers that name this provider also encryption by the
 * platform's public keys.
 */
public final class RsaCipher extends OpaqueCipher {
    private final RsaPadding given;
    private final TokenSource source;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private RsaPadding padding;
    private @Nullable ObjectReference key;
    private boolean outward;
    private int width;

    public RsaCipher(RsaPadding padding, TokenSource source) {
        this.given = padding;
        this.padding = padding;
        this.source = source;
    }

    @Override
    void init(int mode, Key newKey, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (mode == Cipher.UNWRAP_MODE && parameters != null && given.oaep() == null) {
            // TLS first tries to unwrap a premaster secret by parameters of its own, and decrypts where it is told so.
            throw new UnsupportedOperationException("PKCS#1 padding has no parameters to unwrap by");
        }
        RsaPadding next = given.with(parameters);
        outward = mode == Cipher.ENCRYPT_MODE || mode == Cipher.WRAP_MODE;
        if (outward && newKey instanceof PublicKey publicKey && KeyKind.of(publicKey) == KeyKind.RSA) {
            key = PublicKeys.open(Faults.keyed(source::token), publicKey);
        } else if (!outward && newKey instanceof RsaOpaqueKey opaque) {
            opaque.require(mode == Cipher.UNWRAP_MODE ? KeyUsage.UNWRAP : KeyUsage.DECRYPT);
            key = opaque.reference();
        } else {
            throw new InvalidKeyException(
                    "the cipher needs an RSA public key to encrypt and an RSA key of FerroHSM to decrypt");
        }
        BigInteger modulus = ((RSAKey) newKey).getModulus();
        width = (modulus.bitLength() + 7) / 8;
        padding = next;
        data.reset();
    }

    @Override
    Class<? extends AlgorithmParameterSpec> parameterKind() {
        return OAEPParameterSpec.class;
    }

    @Override
    MechanismCall wrapping() {
        return padding.call();
    }

    @Override
    ObjectReference key() {
        if (key == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return key;
    }

    /** Collects; one byte more than fits is kept, so that too much is noticed at the end. */
    @Override
    byte[] update(byte[] input, int offset, int length, int room) {
        key();
        data.write(input, offset, Math.min(length, width + 1 - data.size()));
        return new byte[0];
    }

    @Override
    byte[] finish(byte[] input, int offset, int length) throws IllegalBlockSizeException, BadPaddingException {
        update(input, offset, length, Output.UNLIMITED);
        byte[] whole = data.toByteArray();
        data.reset();
        ObjectReference current = key();
        Token token = current.token();
        MechanismCall call = padding.call();
        try {
            return token.call(session -> current.with(session, handle -> {
                if (outward) {
                    token.crypto().encryptInit(session, call, handle);
                    return token.crypto()
                            .encrypt(session, whole, Output.UNLIMITED)
                            .require();
                }
                token.crypto().decryptInit(session, call, handle);
                return token.crypto().decrypt(session, whole, Output.UNLIMITED).require();
            }));
        } catch (HsmException e) {
            if (Faults.of(e) instanceof BadPaddingException) {
                throw Faults.as(BadPaddingException.class, BadPaddingException::new, e);
            }
            throw Faults.as(IllegalBlockSizeException.class, IllegalBlockSizeException::new, e);
        }
    }

    /** A key of the token is wrapped as such; a software key, which shows itself, is encrypted. */
    @Override
    protected byte[] engineWrap(Key wrapped) throws IllegalBlockSizeException, InvalidKeyException {
        if (wrapped instanceof OpaqueKey) {
            return super.engineWrap(wrapped);
        }
        byte[] encoded = wrapped.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("the key does not show itself");
        }
        try {
            return finish(encoded, 0, encoded.length);
        } catch (BadPaddingException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected int engineGetBlockSize() {
        return 0;
    }

    @Override
    protected int engineGetOutputSize(int length) {
        return width;
    }

    @Override
    boolean isUnderWay() {
        return data.size() > 0;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return padding.encoded();
    }

    @Override
    protected int engineGetKeySize(Key anyKey) throws InvalidKeyException {
        if (!(anyKey instanceof RSAKey rsa)) {
            throw new InvalidKeyException("no RSA key");
        }
        return rsa.getModulus().bitLength();
    }
}
