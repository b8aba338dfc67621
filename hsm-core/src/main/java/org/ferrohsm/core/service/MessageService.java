// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.Arrays;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MessageForm;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.MessageParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.operation.MessageCipher;
import org.ferrohsm.core.operation.MessageOperation;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/** Encrypting and decrypting many messages with one mechanism and one key (PKCS#11 3.2 sections 5.9 and 5.11). */
public final class MessageService {
    private static final byte[] NOTHING = new byte[0];

    private final Engines engines;
    private final Gate gate;
    private final MessageFlow flow;

    public MessageService(Engines engines, Gate gate) {
        this.engines = engines;
        this.gate = gate;
        this.flow = new MessageFlow(gate);
    }

    public void encryptInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        boolean able = mechanism.messageForm() != null && mechanism.encryptor() != null;
        flow.init(session, OperationKind.MESSAGE_ENCRYPT, mechanism, call, key, able, MessageService::requireMessage);
    }

    public void decryptInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        boolean able = mechanism.messageForm() != null && mechanism.decryptor() != null;
        flow.init(session, OperationKind.MESSAGE_DECRYPT, mechanism, call, key, able, MessageService::requireMessage);
    }

    /** Each message brings its own parameters; those of Init are none, or an example of their kind. */
    private static void requireMessage(MechanismParameters parameters) {
        if (!(parameters instanceof NoParameters)) {
            message(parameters);
        }
    }

    private static MessageParameters message(MechanismParameters parameters) {
        if (parameters instanceof MessageParameters message) {
            return message;
        }
        throw Fault.MECHANISM_PARAM_INVALID.because("the parameters of a message are needed");
    }

    /** Ends a process; not in the middle of a message in parts. */
    public void finish(Session session, OperationKind kind) {
        flow.finish(session, kind);
    }

    /**
     * Ends the message in parts whose next part could not be taken in, but not its process (section 5.9.4).
     *
     * @param flag CKF_MESSAGE_* of the process
     * @throws org.ferrohsm.core.fault.HsmException OPERATION_NOT_INITIALIZED if there is no such message
     */
    public void abort(Session session, long flag) {
        OperationKind kind = Arrays.stream(OperationKind.values())
                .filter(one -> one.flag() == flag)
                .findFirst()
                .orElseThrow(() -> Fault.ARGUMENTS_BAD.because("no process of messages has the flag " + flag));
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, kind);
            MessageFlow.begun(process, Operation.class);
            process.failMessage(Fault.ARGUMENTS_BAD);
        }
    }

    /**
     * One whole message; {@code kind} is MESSAGE_ENCRYPT or MESSAGE_DECRYPT. The ciphertext is as long as the plaintext: the
     * tag goes its own way.
     */
    public MessageOutcome whole(
            Session session, OperationKind kind, MechanismParameters given, byte[] aad, byte[] data, int room) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, kind);
            MessageParameters parameters = message(given);
            if (room < data.length) {
                return new MessageOutcome(Output.lengthOnly(data.length), null, null);
            }
            return MessageFlow.step(process, () -> {
                MessageCipher cipher = open(session, kind, process, parameters, aad, data.length);
                process.keep(cipher, false);
                expect(kind, cipher, parameters);
                Output output = cipher.finish(data, room);
                MessageFlow.end(session, process);
                return new MessageOutcome(output, nonce(kind, parameters, cipher), tag(kind, cipher));
            });
        }
    }

    /** Begins a message in parts. */
    public MessageOutcome begin(Session session, OperationKind kind, MechanismParameters given, byte[] aad) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, kind);
            MessageParameters parameters = message(given);
            return MessageFlow.step(process, () -> {
                MessageCipher cipher = open(session, kind, process, parameters, aad, parameters.dataLength());
                process.keep(cipher, true);
                return new MessageOutcome(Output.of(NOTHING), nonce(kind, parameters, cipher), null);
            });
        }
    }

    /** The next part of a message, which ends it if it is the last. */
    public MessageOutcome next(
            Session session, OperationKind kind, MechanismParameters given, byte[] part, int room, boolean last) {
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, kind);
            MessageCipher cipher = MessageFlow.begun(process, MessageCipher.class);
            return MessageFlow.step(process, () -> {
                if (!last) {
                    return new MessageOutcome(cipher.update(part, room), null, null);
                }
                expect(kind, cipher, message(given));
                Output output = cipher.finish(part, room);
                if (output.bytes() == null) {
                    return new MessageOutcome(output, null, null);
                }
                MessageFlow.end(session, process);
                return new MessageOutcome(output, null, tag(kind, cipher));
            });
        }
    }

    private static void expect(OperationKind kind, MessageCipher cipher, MessageParameters parameters) {
        if (kind == OperationKind.MESSAGE_DECRYPT) {
            cipher.stream().expect(parameters.tag());
        }
    }

    private static byte @Nullable [] nonce(OperationKind kind, MessageParameters parameters, MessageCipher cipher) {
        boolean made = kind == OperationKind.MESSAGE_ENCRYPT && parameters.generator() != Ckg.CKG_NO_GENERATE;
        return made ? cipher.nonce() : null;
    }

    private static byte @Nullable [] tag(OperationKind kind, MessageCipher cipher) {
        return kind == OperationKind.MESSAGE_ENCRYPT ? cipher.stream().tag() : null;
    }

    private MessageCipher open(
            Session session,
            OperationKind kind,
            MessageOperation process,
            MessageParameters parameters,
            byte[] aad,
            long dataLength) {
        boolean encrypting = kind == OperationKind.MESSAGE_ENCRYPT;
        MechanismCall message = new MechanismCall(process.call().type(), parameters);
        return flow.admitted(session, kind, process, message, (key, lease) -> {
            byte[] nonce =
                    encrypting ? session.nonces(key.id(), engines.random()).next(parameters) : parameters.nonce();
            MessageForm.Message form = new MessageForm.Message(nonce, aad, parameters.tagBits(), dataLength);
            return new MessageCipher(MessageCiphers.open(process.mechanism(), key, form, encrypting), nonce, lease);
        });
    }
}
