// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.CipherOperation;
import org.ferrohsm.core.operation.DigestOperation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.operation.SignOperation;
import org.ferrohsm.core.operation.SignedOperation;
import org.ferrohsm.core.operation.VerifyOperation;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;

/**
 * Signing, verifying, encrypting, decrypting, digesting and random numbers (PKCS#11 3.2 sections 5.8 to 5.13 and 5.21).
 * Every method throws {@link HsmException} with the code that the specification gives for the function; a failed call
 * ends its operation.
 */
public final class CryptoService {
    private static final byte[] NOTHING = new byte[0];

    private final Engines engines;
    private final Gate gate;
    private final OperationFlow flow;

    public CryptoService(Engines engines, Gate gate) {
        this.engines = engines;
        this.gate = gate;
        this.flow = new OperationFlow(gate);
    }

    public void signInit(Session session, MechanismCall call, long key) {
        flow.init(
                session,
                OperationKind.SIGN,
                call,
                key,
                Mechanism::signer,
                (factory, object, lease) -> new SignOperation(factory.open(object, call.parameters()), lease));
    }

    /** The whole signature in one call. */
    public Output sign(Session session, byte[] data, int room) {
        return OperationFlow.last(
                session, OperationKind.SIGN, SignOperation.class, true, operation -> operation.finish(data, room));
    }

    public void signUpdate(Session session, byte[] part) {
        OperationFlow.part(session, OperationKind.SIGN, SignOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    public Output signFinal(Session session, int room) {
        return OperationFlow.last(
                session, OperationKind.SIGN, SignOperation.class, false, operation -> operation.finish(NOTHING, room));
    }

    public void verifyInit(Session session, MechanismCall call, long key) {
        flow.init(
                session,
                OperationKind.VERIFY,
                call,
                key,
                Mechanism::verifier,
                (factory, object, lease) -> new VerifyOperation(factory.open(object, call.parameters()), lease));
    }

    /** The whole verification in one call. */
    public void verify(Session session, byte[] data, byte[] signature) {
        verifyLast(session, true, data, signature);
    }

    public void verifyUpdate(Session session, byte[] part) {
        OperationFlow.part(session, OperationKind.VERIFY, VerifyOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    public void verifyFinal(Session session, byte[] signature) {
        verifyLast(session, false, NOTHING, signature);
    }

    private void verifyLast(Session session, boolean whole, byte[] data, byte[] signature) {
        OperationFlow.last(session, OperationKind.VERIFY, VerifyOperation.class, whole, operation -> {
            operation.finish(data, signature);
            return Output.of(NOTHING);
        });
    }

    /** A verification whose signature comes first (section 5.15.7). */
    public void verifySignatureInit(Session session, MechanismCall call, long key, byte[] signature) {
        flow.init(
                session,
                OperationKind.VERIFY,
                call,
                key,
                Mechanism::verifier,
                (factory, object, lease) ->
                        new SignedOperation(factory.open(object, call.parameters()), signature, lease));
    }

    /** The whole verification in one call. */
    public void verifySignature(Session session, byte[] data) {
        verifySignatureLast(session, true, data);
    }

    public void verifySignatureUpdate(Session session, byte[] part) {
        OperationFlow.part(session, OperationKind.VERIFY, SignedOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    public void verifySignatureFinal(Session session) {
        verifySignatureLast(session, false, NOTHING);
    }

    private static void verifySignatureLast(Session session, boolean whole, byte[] data) {
        OperationFlow.last(session, OperationKind.VERIFY, SignedOperation.class, whole, operation -> {
            operation.finish(data);
            return Output.of(NOTHING);
        });
    }

    public void signRecoverInit(Session session, MechanismCall call, long key) {
        cipherInit(session, OperationKind.SIGN_RECOVER, call, key, Mechanism::signRecoverer);
    }

    /** The signature, from which {@link #verifyRecover} gets the data back. */
    public Output signRecover(Session session, byte[] data, int room) {
        return cipherLast(session, OperationKind.SIGN_RECOVER, true, data, room);
    }

    public void verifyRecoverInit(Session session, MechanismCall call, long key) {
        cipherInit(session, OperationKind.VERIFY_RECOVER, call, key, Mechanism::verifyRecoverer);
    }

    /** The data that were signed. */
    public Output verifyRecover(Session session, byte[] signature, int room) {
        return cipherLast(session, OperationKind.VERIFY_RECOVER, true, signature, room);
    }

    public void encryptInit(Session session, MechanismCall call, long key) {
        cipherInit(session, OperationKind.ENCRYPT, call, key, Mechanism::encryptor);
    }

    /** The whole encryption in one call. */
    public Output encrypt(Session session, byte[] data, int room) {
        return cipherLast(session, OperationKind.ENCRYPT, true, data, room);
    }

    public Output encryptUpdate(Session session, byte[] part, int room) {
        return cipherPart(session, OperationKind.ENCRYPT, part, room);
    }

    public Output encryptFinal(Session session, int room) {
        return cipherLast(session, OperationKind.ENCRYPT, false, NOTHING, room);
    }

    public void decryptInit(Session session, MechanismCall call, long key) {
        cipherInit(session, OperationKind.DECRYPT, call, key, Mechanism::decryptor);
    }

    /** The whole decryption in one call. */
    public Output decrypt(Session session, byte[] data, int room) {
        return cipherLast(session, OperationKind.DECRYPT, true, data, room);
    }

    public Output decryptUpdate(Session session, byte[] part, int room) {
        return cipherPart(session, OperationKind.DECRYPT, part, room);
    }

    public Output decryptFinal(Session session, int room) {
        return cipherLast(session, OperationKind.DECRYPT, false, NOTHING, room);
    }

    private void cipherInit(
            Session session,
            OperationKind kind,
            MechanismCall call,
            long key,
            OperationFlow.Capability<Mechanism.CipherFactory> capability) {
        flow.init(
                session,
                kind,
                call,
                key,
                capability,
                (factory, object, lease) -> new CipherOperation(factory.open(object, call.parameters()), lease));
    }

    private Output cipherPart(Session session, OperationKind kind, byte[] part, int room) {
        return OperationFlow.part(session, kind, CipherOperation.class, operation -> operation.update(part, room));
    }

    private Output cipherLast(Session session, OperationKind kind, boolean whole, byte[] data, int room) {
        return OperationFlow.last(
                session, kind, CipherOperation.class, whole, operation -> operation.finish(data, room));
    }

    public void digestInit(Session session, MechanismCall call) {
        synchronized (session) {
            session.refuseSecond(OperationKind.DIGEST);
            Mechanism mechanism = gate.mechanism(session, call.type());
            Mechanism.DigesterFactory factory = mechanism.digester();
            if (factory == null) {
                throw Fault.MECHANISM_INVALID.because(mechanism.name() + " does not digest");
            }
            mechanism.checkParameters(call.parameters());
            session.begin(OperationKind.DIGEST, new DigestOperation(factory.open()));
        }
    }

    /** The whole digest in one call. */
    public Output digest(Session session, byte[] data, int room) {
        return OperationFlow.last(
                session, OperationKind.DIGEST, DigestOperation.class, true, operation -> operation.finish(data, room));
    }

    public void digestUpdate(Session session, byte[] part) {
        OperationFlow.part(session, OperationKind.DIGEST, DigestOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    /** Digests a secret key's value (section 5.12.4): only of a key whose value may be read anyway. */
    public void digestKey(Session session, long handle) {
        OperationFlow.part(session, OperationKind.DIGEST, DigestOperation.class, operation -> {
            HsmObject key = session.access().open(handle, Fault.KEY_HANDLE_INVALID);
            SecretBytes value = key.secrets().get(Cka.CKA_VALUE);
            boolean readable = key.attributes().flag(Cka.CKA_EXTRACTABLE)
                    && !key.attributes().flag(Cka.CKA_SENSITIVE);
            if (value == null || key.objectClass() != Cko.CKO_SECRET_KEY || !readable) {
                throw gate.refuse(
                        session,
                        AuditAction.DIGEST_KEY,
                        key,
                        0,
                        Fault.KEY_INDIGESTIBLE.because("the key's value may not leave it, not even digested"));
            }
            gate.admit(session, AuditAction.DIGEST_KEY, key, 0, Cka.CKA_EXTRACTABLE)
                    .used();
            value.use(bytes -> {
                operation.update(bytes);
                return true;
            });
            return true;
        });
    }

    public Output digestFinal(Session session, int room) {
        return OperationFlow.last(
                session,
                OperationKind.DIGEST,
                DigestOperation.class,
                false,
                operation -> operation.finish(NOTHING, room));
    }

    /** Ends a running operation without a result, as an Init function with no mechanism asks (PKCS#11 3.0). */
    public void cancel(Session session, OperationKind kind) {
        synchronized (session) {
            session.abort(kind, Fault.FUNCTION_CANCELED);
        }
    }

    /** Ends the operations that {@code flags}, CKF_*, name, as far as they run, and the search (section 5.6.5). */
    public void cancel(Session session, long flags) {
        synchronized (session) {
            for (OperationKind kind : OperationKind.values()) {
                if ((flags & kind.flag()) != 0) {
                    session.abort(kind, Fault.FUNCTION_CANCELED);
                }
            }
            if ((flags & Ckf.CKF_FIND_OBJECTS) != 0) {
                session.endFind();
            }
        }
    }

    /**
     * Refuses a dual function whose second operation is not running, before the first takes anything in (section 5.17).
     *
     * @throws HsmException OPERATION_NOT_INITIALIZED
     */
    public void requireRunning(Session session, OperationKind kind) {
        synchronized (session) {
            session.running(kind);
        }
    }

    /** Mixes a caller's seed into the random source, which never replaces what is there (section 5.21.1). */
    public void seedRandom(Session session, byte[] seed) {
        engines.random().setSeed(seed);
    }

    /** Random bytes. */
    public byte[] random(Session session, int length) {
        byte[] bytes = new byte[length];
        engines.random().nextBytes(bytes);
        return bytes;
    }
}
