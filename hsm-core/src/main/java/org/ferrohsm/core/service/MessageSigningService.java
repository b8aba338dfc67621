// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.Objects;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.operation.MessageOperation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.operation.SignOperation;
import org.ferrohsm.core.operation.VerifyOperation;
import org.ferrohsm.core.session.Session;

/** Signing and verifying many messages with one mechanism and one key (PKCS#11 3.2 sections 5.14 and 5.16). */
public final class MessageSigningService {
    private final Gate gate;
    private final MessageFlow flow;

    public MessageSigningService(Gate gate) {
        this.gate = gate;
        this.flow = new MessageFlow(gate);
    }

    public void signInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        boolean able = mechanism.signsMessages();
        flow.init(session, OperationKind.MESSAGE_SIGN, mechanism, call, key, able, mechanism::checkParameters);
    }

    public void verifyInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = gate.mechanism(session, call.type());
        boolean able = mechanism.verifiesMessages();
        flow.init(session, OperationKind.MESSAGE_VERIFY, mechanism, call, key, able, mechanism::checkParameters);
    }

    /** Ends a process; not in the middle of a message in parts. */
    public void finish(Session session, OperationKind kind) {
        flow.finish(session, kind);
    }

    /** One whole message. */
    public Output sign(Session session, MechanismParameters given, byte[] data, int room) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, OperationKind.MESSAGE_SIGN);
            refuseParameters(given);
            return MessageFlow.step(
                    process, () -> signed(session, process, signer(session, process, false), data, room));
        }
    }

    public void signBegin(Session session, MechanismParameters given) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, OperationKind.MESSAGE_SIGN);
            refuseParameters(given);
            MessageFlow.step(process, () -> signer(session, process, true));
        }
    }

    /** A part of a message that goes on. */
    public void signNext(Session session, MechanismParameters given, byte[] part) {
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, OperationKind.MESSAGE_SIGN);
            SignOperation signer = MessageFlow.begun(process, SignOperation.class);
            MessageFlow.step(process, () -> {
                refuseParameters(given);
                signer.update(part);
                return true;
            });
        }
    }

    /** The last part of a message, and its signature. */
    public Output signLast(Session session, MechanismParameters given, byte[] part, int room) {
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, OperationKind.MESSAGE_SIGN);
            SignOperation signer = MessageFlow.begun(process, SignOperation.class);
            return MessageFlow.step(process, () -> {
                refuseParameters(given);
                return signed(session, process, signer, part, room);
            });
        }
    }

    private Output signed(Session session, MessageOperation process, SignOperation signer, byte[] last, int room) {
        Output output = signer.finish(last, room);
        if (output.bytes() != null) {
            MessageFlow.end(session, process);
        }
        return output;
    }

    /** The signer of the message, which a length query has perhaps opened before. */
    private SignOperation signer(Session session, MessageOperation process, boolean parts) {
        SignOperation signer = process.message() instanceof SignOperation waiting
                ? waiting
                : flow.admitted(session, OperationKind.MESSAGE_SIGN, process, process.call(), (key, lease) -> {
                    Mechanism.SignerFactory factory =
                            Objects.requireNonNull(process.mechanism().signer());
                    return new SignOperation(factory.open(key, process.call().parameters()), lease);
                });
        process.keep(signer, parts);
        return signer;
    }

    /** One whole message. */
    public void verify(Session session, MechanismParameters given, byte[] data, byte[] signature) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, OperationKind.MESSAGE_VERIFY);
            refuseParameters(given);
            MessageFlow.step(
                    process, () -> verified(session, process, verifier(session, process, false), data, signature));
        }
    }

    public void verifyBegin(Session session, MechanismParameters given) {
        synchronized (session) {
            MessageOperation process = MessageFlow.idle(session, OperationKind.MESSAGE_VERIFY);
            refuseParameters(given);
            MessageFlow.step(process, () -> verifier(session, process, true));
        }
    }

    /** A part of a message that goes on. */
    public void verifyNext(Session session, MechanismParameters given, byte[] part) {
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, OperationKind.MESSAGE_VERIFY);
            VerifyOperation verifier = MessageFlow.begun(process, VerifyOperation.class);
            MessageFlow.step(process, () -> {
                refuseParameters(given);
                verifier.update(part);
                return true;
            });
        }
    }

    /** The last part of a message, and the signature that it is checked against. */
    public void verifyLast(Session session, MechanismParameters given, byte[] part, byte[] signature) {
        synchronized (session) {
            MessageOperation process = MessageFlow.process(session, OperationKind.MESSAGE_VERIFY);
            VerifyOperation verifier = MessageFlow.begun(process, VerifyOperation.class);
            MessageFlow.step(process, () -> {
                refuseParameters(given);
                return verified(session, process, verifier, part, signature);
            });
        }
    }

    private boolean verified(
            Session session, MessageOperation process, VerifyOperation verifier, byte[] last, byte[] signature) {
        verifier.finish(last, signature);
        MessageFlow.end(session, process);
        return true;
    }

    private VerifyOperation verifier(Session session, MessageOperation process, boolean parts) {
        VerifyOperation verifier =
                flow.admitted(session, OperationKind.MESSAGE_VERIFY, process, process.call(), (key, lease) -> {
                    Mechanism.VerifierFactory factory =
                            Objects.requireNonNull(process.mechanism().verifier());
                    return new VerifyOperation(factory.open(key, process.call().parameters()), lease);
                });
        process.keep(verifier, parts);
        return verifier;
    }

    /** No mechanism of this token has parameters of its own for each message to sign. */
    private static void refuseParameters(MechanismParameters given) {
        if (!(given instanceof NoParameters)) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a message to sign takes no parameter");
        }
    }
}
