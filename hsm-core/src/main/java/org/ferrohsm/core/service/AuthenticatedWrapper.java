// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.security.SecureRandom;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.MessageForm;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.NonceSource;
import org.ferrohsm.core.operation.TaggedStream;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** Wrapping by an authenticated cipher: the key is one message (PKCS#11 3.2 sections 5.18.6 and 5.18.7). */
final class AuthenticatedWrapper implements KeyWrapper {
    private final Mechanism mechanism;
    private final byte[] associatedData;
    private final SecureRandom random;
    private byte @Nullable [] made;
    private byte[] tag = new byte[0];

    /**
     * One call.
     *
     * @throws org.ferrohsm.core.fault.HsmException MECHANISM_INVALID if the mechanism has no messages
     */
    AuthenticatedWrapper(Mechanism mechanism, byte[] associatedData, SecureRandom random) {
        if (mechanism.messageForm() == null) {
            throw Fault.MECHANISM_INVALID.because(mechanism.name() + " does not wrap with authentication");
        }
        this.mechanism = mechanism;
        this.associatedData = associatedData;
        this.random = random;
    }

    /** The nonce that was made for the key; null if the caller gave one. */
    byte @Nullable [] nonce() {
        return made;
    }

    byte[] tag() {
        return tag;
    }

    @Override
    public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters given) {
        MessageParameters parameters = parameters(given);
        byte[] nonce = NonceSource.single(parameters, random);
        made = parameters.generator() == Ckg.CKG_NO_GENERATE ? null : nonce;
        TaggedStream stream = open(wrappingKey, parameters, nonce, serialised.length(), true);
        byte[] wrapped = serialised.use(bytes -> stream.finish(bytes, 0, bytes.length));
        tag = stream.tag();
        return wrapped;
    }

    /** WRAPPED_KEY_INVALID where a decryption would say that the data are not what was encrypted. */
    @Override
    public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters given) {
        MessageParameters parameters = parameters(given);
        TaggedStream stream = open(unwrappingKey, parameters, parameters.nonce(), wrapped.length, false);
        stream.expect(parameters.tag());
        byte[] whole;
        try {
            whole = stream.finish(wrapped, 0, wrapped.length);
        } catch (HsmException e) {
            throw e.fault() == Fault.ENCRYPTED_DATA_INVALID
                    ? Fault.WRAPPED_KEY_INVALID.because("the wrapped key is not what was wrapped", e)
                    : e;
        }
        return SecretBytes.adopt(whole);
    }

    private TaggedStream open(
            HsmObject key, MessageParameters parameters, byte[] used, long length, boolean encrypting) {
        MessageForm.Message message = new MessageForm.Message(used, associatedData, parameters.tagBits(), length);
        return MessageCiphers.open(mechanism, key, message, encrypting);
    }

    private static MessageParameters parameters(MechanismParameters given) {
        if (given instanceof MessageParameters parameters) {
            return parameters;
        }
        throw Fault.MECHANISM_PARAM_INVALID.because("the parameters of a message are needed");
    }
}
