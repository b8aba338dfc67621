// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.MacSpi;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.jspecify.annotations.Nullable;

/** HMAC by keys of the token. */
public final class FerroMac extends MacSpi {
    private final HashAlgorithm hash;
    private final MechanismCall call;
    private final Message message = new Message(OperationKind.SIGN);
    private @Nullable ObjectReference key;

    public FerroMac(HashAlgorithm hash) {
        this.hash = hash;
        this.call = MechanismCall.of(hash.mechanisms().hmac());
    }

    @Override
    protected int engineGetMacLength() {
        return hash.length();
    }

    @Override
    protected void engineInit(Key given, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("HMAC has no parameters");
        }
        if (!(given instanceof OpaqueSecretKey secret)) {
            throw new InvalidKeyException("no key of FerroHSM; import it, or leave it to another provider");
        }
        if (secret.keyType() != KeyKind.GENERIC.keyType() && secret.keyType() != hash.hmacKeyType()) {
            throw new InvalidKeyException("a key of " + secret.getAlgorithm() + " is not for this MAC");
        }
        secret.require(KeyUsage.SIGN);
        message.reset();
        key = secret.reference();
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        ObjectReference current = initialised();
        Faults.plain(() -> {
            message.update(
                    current.token(),
                    session -> start(current, session),
                    current.token().crypto()::signUpdate,
                    input,
                    offset,
                    length);
            return true;
        });
    }

    @Override
    protected byte[] engineDoFinal() {
        ObjectReference current = initialised();
        return Faults.plain(() -> message.finish(
                current.token(),
                session -> start(current, session),
                (session, data) -> current.token()
                        .crypto()
                        .sign(session, data, Output.UNLIMITED)
                        .require(),
                session -> current.token()
                        .crypto()
                        .signFinal(session, Output.UNLIMITED)
                        .require()));
    }

    @Override
    protected void engineReset() {
        message.reset();
    }

    private void start(ObjectReference current, Session session) {
        current.with(session, handle -> {
            current.token().crypto().signInit(session, call, handle);
            return true;
        });
    }

    private ObjectReference initialised() {
        if (key == null) {
            throw new IllegalStateException("the MAC has no key yet");
        }
        return key;
    }
}
