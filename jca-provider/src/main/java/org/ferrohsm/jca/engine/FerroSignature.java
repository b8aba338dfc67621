// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaquePrivateKey;
import org.ferrohsm.jca.key.PublicKeys;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.ferrohsm.jca.token.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * Signatures by private keys of the token. Public keys are the platform's: delayed selection gives them to the platform's
 * engines, and only a caller that names this provider has them verified here.
 */
public final class FerroSignature extends SignatureSpi {
    private final SignatureScheme scheme;
    private final TokenSource source;
    private final Message toSign = new Message(OperationKind.SIGN);
    private final Message toVerify = new Message(OperationKind.VERIFY);
    private @Nullable AlgorithmParameterSpec parameters;
    private @Nullable ObjectReference key;
    private @Nullable PublicKey verifyingKey;
    private boolean verifying;

    public FerroSignature(SignatureScheme scheme, TokenSource source) {
        this.scheme = scheme;
        this.source = source;
        this.parameters = scheme.defaults();
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
        if (!(privateKey instanceof OpaquePrivateKey opaque)) {
            throw new InvalidKeyException("no key of FerroHSM; import it, or leave it to another provider");
        }
        if (opaque.keyType() != scheme.kind().keyType() || !scheme.takes(opaque)) {
            throw new InvalidKeyException(
                    "the algorithm needs a key of " + scheme.kind().algorithm());
        }
        opaque.require(KeyUsage.SIGN);
        reset();
        key = opaque.reference();
        verifying = false;
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
        if (publicKey == null || KeyKind.of(publicKey) != scheme.kind() || !scheme.takes(publicKey)) {
            throw new InvalidKeyException(
                    "the algorithm needs a key of " + scheme.kind().algorithm());
        }
        reset();
        key = PublicKeys.open(Faults.keyed(source::token), publicKey);
        verifyingKey = publicKey;
        verifying = true;
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        engineUpdate(new byte[] {b}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] data, int offset, int length) throws SignatureException {
        ObjectReference current = initialised();
        Token token = current.token();
        MechanismCall call = scheme.call(parameters);
        try {
            if (verifying) {
                toVerify.update(
                        token,
                        session -> startVerify(current, call, session),
                        token.crypto()::verifyUpdate,
                        data,
                        offset,
                        length);
            } else {
                toSign.update(
                        token,
                        session -> startSign(current, call, session),
                        token.crypto()::signUpdate,
                        data,
                        offset,
                        length);
            }
        } catch (HsmException e) {
            reset();
            throw Faults.as(SignatureException.class, SignatureException::new, e);
        }
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        byte[] data = new byte[input.remaining()];
        input.get(data);
        try {
            engineUpdate(data, 0, data.length);
        } catch (SignatureException e) {
            throw new java.security.ProviderException(e.getMessage(), e);
        }
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        ObjectReference current = initialised();
        Token token = current.token();
        MechanismCall call = scheme.call(parameters);
        try {
            return scheme.outward(toSign.finish(
                    token,
                    session -> startSign(current, call, session),
                    (session, data) ->
                            token.crypto().sign(session, data, Output.UNLIMITED).require(),
                    session ->
                            token.crypto().signFinal(session, Output.UNLIMITED).require()));
        } catch (HsmException e) {
            throw Faults.as(SignatureException.class, SignatureException::new, e);
        }
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        ObjectReference current = initialised();
        Token token = current.token();
        MechanismCall call = scheme.call(parameters);
        byte[] inward = scheme.inward(signature, verifyingKey);
        if (inward == null) {
            reset();
            return false;
        }
        try {
            return toVerify.finish(
                    token,
                    session -> startVerify(current, call, session),
                    (session, data) -> {
                        token.crypto().verify(session, data, inward);
                        return true;
                    },
                    session -> {
                        token.crypto().verifyFinal(session, inward);
                        return true;
                    });
        } catch (HsmException e) {
            if (e.fault() == Fault.SIGNATURE_INVALID || e.fault() == Fault.SIGNATURE_LEN_RANGE) {
                return false;
            }
            throw Faults.as(SignatureException.class, SignatureException::new, e);
        }
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec given)
            throws InvalidAlgorithmParameterException {
        if (!toSign.isEmpty() || !toVerify.isEmpty()) {
            throw new InvalidParameterException("parameters cannot change within a message");
        }
        parameters = scheme.check(given);
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return scheme.encoded(parameters);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("parameters are set by an AlgorithmParameterSpec");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("parameters are asked for by getParameters()");
    }

    private static void startSign(ObjectReference key, MechanismCall call, Session session) {
        key.with(session, handle -> {
            key.token().crypto().signInit(session, call, handle);
            return true;
        });
    }

    private static void startVerify(ObjectReference key, MechanismCall call, Session session) {
        key.with(session, handle -> {
            key.token().crypto().verifyInit(session, call, handle);
            return true;
        });
    }

    private ObjectReference initialised() throws SignatureException {
        if (key == null) {
            throw new SignatureException("the signature has no key yet");
        }
        return key;
    }

    private void reset() {
        toSign.reset();
        toVerify.reset();
    }
}
