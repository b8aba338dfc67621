// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.jspecify.annotations.Nullable;

/**
 * MACs by keys of the token. A key of others is refused, so that the JCA's selection moves on; only where it no longer can,
 * because the caller asked for the length first (as JSSE does on 17 for its traffic secrets), another provider does the
 * work.
 */
public final class FerroMac extends MacSpi {
    /** The provider's name; the provider itself stands above this package. */
    private static final String NAME = "FerroHSM";

    private final MacAlgorithm algorithm;
    private final MechanismCall call;
    private final Message message = new Message(OperationKind.SIGN);
    private @Nullable ObjectReference key;
    private @Nullable Mac others;
    private boolean selected;

    public FerroMac(MacAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.call = MechanismCall.of(algorithm.mechanism());
    }

    @Override
    protected int engineGetMacLength() {
        selected = true;
        return algorithm.length();
    }

    @Override
    protected void engineInit(Key given, @Nullable AlgorithmParameterSpec parameters)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("the MAC has no parameters");
        }
        others = null;
        if (!(given instanceof OpaqueSecretKey secret)) {
            others = ofOthers(given);
            return;
        }
        if (!algorithm.keyTypes().contains(secret.keyType())) {
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
        if (others != null) {
            others.update(input, offset, length);
            return;
        }
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
        if (others != null) {
            return others.doFinal();
        }
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
        if (others != null) {
            others.reset();
        }
        message.reset();
    }

    private Mac ofOthers(Key given) throws InvalidKeyException {
        for (Provider provider : selected ? Security.getProviders("Mac." + algorithm.name()) : new Provider[0]) {
            if (!provider.getName().equals(NAME)) {
                Mac mac = open(algorithm.name(), provider);
                mac.init(given);
                return mac;
            }
        }
        throw new InvalidKeyException("no key of FerroHSM; import it, or leave it to another provider");
    }

    private static Mac open(String name, Provider provider) {
        try {
            return Mac.getInstance(name, provider);
        } catch (NoSuchAlgorithmException e) {
            throw new ProviderException(provider.getName() + " no longer has " + name, e);
        }
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
