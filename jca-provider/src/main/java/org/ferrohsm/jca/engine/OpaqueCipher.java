// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.KeyMaker;
import org.ferrohsm.jca.key.KeyReader;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueKey;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/** What all ciphers share: how they are set up, results into a caller's buffer, wrapping and unwrapping. */
abstract class OpaqueCipher extends CipherSpi {
    private static final byte[] NOTHING = new byte[0];
    private static final FerroKeySpec TO_BE_WRAPPED =
            FerroKeySpec.builder().session().extractable().build();

    /**
     * Takes a key.
     *
     * @param mode one of {@link Cipher}'s
     */
    abstract void init(int mode, Key key, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException;

    /** The class of the specification inside encoded parameters; null if there are no parameters. */
    abstract @Nullable Class<? extends AlgorithmParameterSpec> parameterKind();

    /** The mechanism to wrap and unwrap with. */
    abstract MechanismCall wrapping();

    /** The key in use. */
    abstract ObjectReference key();

    /** Data in the middle; null, with nothing changed, if what comes out needs more than {@code room} bytes. */
    abstract byte @Nullable [] update(byte[] input, int offset, int length, int room);

    /** The last data. */
    abstract byte[] finish(byte[] input, int offset, int length) throws IllegalBlockSizeException, BadPaddingException;

    @Override
    protected final void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
        try {
            init(mode, key, null);
        } catch (InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected final void engineInit(int mode, Key key, @Nullable AlgorithmParameterSpec spec, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        init(mode, key, spec);
    }

    @Override
    protected final void engineInit(int mode, Key key, @Nullable AlgorithmParameters parameters, SecureRandom random)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        init(mode, key, parameters == null ? null : decoded(parameters));
    }

    private AlgorithmParameterSpec decoded(AlgorithmParameters parameters) throws InvalidAlgorithmParameterException {
        Class<? extends AlgorithmParameterSpec> kind = parameterKind();
        if (kind == null) {
            throw new InvalidAlgorithmParameterException("the cipher has no parameters");
        }
        try {
            return parameters.getParameterSpec(kind);
        } catch (InvalidParameterSpecException e) {
            throw new InvalidAlgorithmParameterException("parameters of another algorithm", e);
        }
    }

    @Override
    protected final void engineSetMode(String mode) throws NoSuchAlgorithmException {
        throw new NoSuchAlgorithmException("the mode is part of the algorithm's name");
    }

    @Override
    protected final void engineSetPadding(String padding) throws NoSuchPaddingException {
        throw new NoSuchPaddingException("the padding is part of the algorithm's name");
    }

    @Override
    protected final byte @Nullable [] engineUpdate(byte[] input, int offset, int length) {
        return update(input, offset, length, Output.UNLIMITED);
    }

    @Override
    protected final int engineUpdate(byte[] input, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException {
        byte[] result = update(input, offset, length, output.length - outputOffset);
        if (result == null) {
            throw new ShortBufferException("the output does not fit");
        }
        return put(result, output, outputOffset);
    }

    @Override
    protected final byte[] engineDoFinal(byte @Nullable [] input, int offset, int length)
            throws IllegalBlockSizeException, BadPaddingException {
        return input == null ? finish(NOTHING, 0, 0) : finish(input, offset, length);
    }

    @Override
    protected final int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] output, int outputOffset)
            throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
        if (isUnderWay() && output.length - outputOffset < engineGetOutputSize(length)) {
            throw new ShortBufferException("the output needs " + engineGetOutputSize(length) + " bytes");
        }
        return put(engineDoFinal(input, offset, length), output, outputOffset);
    }

    /** Whether data have been taken in that a final call cannot be given again. */
    abstract boolean isUnderWay();

    private static int put(byte[] result, byte[] output, int offset) throws ShortBufferException {
        if (result.length > output.length - offset) {
            throw new ShortBufferException("the output needs " + result.length + " bytes");
        }
        System.arraycopy(result, 0, output, offset, result.length);
        return result.length;
    }

    /** A key of the token is wrapped as it is; a software key visits the token for as long as that takes. */
    @Override
    protected byte[] engineWrap(Key wrapped) throws IllegalBlockSizeException, InvalidKeyException {
        Token token = key().token();
        if (!(wrapped instanceof OpaqueKey inner)) {
            OpaqueKey visitor = new KeyMaker(token, TO_BE_WRAPPED).importKey(wrapped);
            try {
                return engineWrap(visitor);
            } finally {
                visitor.destroy();
            }
        }
        if (inner.reference().token() != token) {
            throw new InvalidKeyException("a key of another token");
        }
        return Faults.keyed(() -> token.call(session -> key().with(
                        session,
                        outerHandle -> inner.reference()
                                .with(
                                        session,
                                        innerHandle -> token.keys()
                                                .wrap(session, wrapping(), outerHandle, innerHandle, Output.UNLIMITED)
                                                .require()))));
    }

    /** Unwraps to an opaque session key. */
    @Override
    protected Key engineUnwrap(byte[] wrapped, String algorithm, int type)
            throws InvalidKeyException, NoSuchAlgorithmException {
        Token token = key().token();
        KeyKind kind = kindToUnwrap(algorithm, type);
        long objectClass = type == Cipher.SECRET_KEY ? Cko.CKO_SECRET_KEY : Cko.CKO_PRIVATE_KEY;
        try {
            return token.call(session -> {
                Template template = new KeyMaker(token, KeyMaker.sessionKey())
                        .received(session, objectClass, kind, Template.builder());
                long handle = key().with(
                                session, outer -> token.keys().unwrap(session, wrapping(), outer, wrapped, template));
                return KeyReader.read(token, session, handle);
            });
        } catch (HsmException e) {
            throw Faults.as(InvalidKeyException.class, InvalidKeyException::new, e);
        }
    }

    private static KeyKind kindToUnwrap(String algorithm, int type) throws NoSuchAlgorithmException {
        if (type == Cipher.SECRET_KEY) {
            return KeyKind.ofSecret(algorithm);
        }
        if (type == Cipher.PRIVATE_KEY) {
            return switch (algorithm) {
                case "RSA" -> KeyKind.RSA;
                case "EC" -> KeyKind.EC;
                case "EdDSA", "Ed25519", "Ed448" -> KeyKind.EDWARDS;
                case "XDH", "X25519", "X448" -> KeyKind.MONTGOMERY;
                default -> throw new NoSuchAlgorithmException("the token has no keys of " + algorithm);
            };
        }
        throw new NoSuchAlgorithmException("a public key needs no unwrapping");
    }
}
