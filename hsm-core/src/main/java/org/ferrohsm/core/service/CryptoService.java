// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.function.Function;
import org.ferrohsm.core.audit.AuditAction;
import org.ferrohsm.core.audit.Lease;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.operation.CipherOperation;
import org.ferrohsm.core.operation.DigestOperation;
import org.ferrohsm.core.operation.Operation;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.operation.SignOperation;
import org.ferrohsm.core.operation.VerifyOperation;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Signing, verifying, encrypting, decrypting, digesting and random numbers (PKCS#11 3.2 sections 5.8 to 5.13 and 5.21).
 * Every method throws {@link HsmException} with the code that the specification gives for the function; a failed call
 * ends its operation.
 */
public final class CryptoService {
    private static final byte[] NOTHING = new byte[0];

    private final MechanismTable mechanisms;
    private final Engines engines;
    private final Gate gate;

    public CryptoService(MechanismTable mechanisms, Engines engines, Gate gate) {
        this.mechanisms = mechanisms;
        this.engines = engines;
        this.gate = gate;
    }

    /** Opens the running part of an operation, once the key has been admitted. */
    private interface Opener {
        Operation open(HsmObject key, Lease lease);
    }

    public void signInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = mechanisms.require(call.type());
        Mechanism.SignerFactory factory = mechanism.signer();
        init(
                session,
                OperationKind.SIGN,
                mechanism,
                call,
                key,
                factory == null
                        ? null
                        : (object, lease) -> new SignOperation(factory.open(object, call.parameters()), lease));
    }

    /** The whole signature in one call. */
    public Output sign(Session session, byte[] data, int room) {
        return last(session, OperationKind.SIGN, SignOperation.class, true, operation -> operation.finish(data, room));
    }

    public void signUpdate(Session session, byte[] part) {
        part(session, OperationKind.SIGN, SignOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    public Output signFinal(Session session, int room) {
        return last(
                session, OperationKind.SIGN, SignOperation.class, false, operation -> operation.finish(NOTHING, room));
    }

    public void verifyInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = mechanisms.require(call.type());
        Mechanism.VerifierFactory factory = mechanism.verifier();
        init(
                session,
                OperationKind.VERIFY,
                mechanism,
                call,
                key,
                factory == null
                        ? null
                        : (object, lease) -> new VerifyOperation(factory.open(object, call.parameters()), lease));
    }

    /** The whole verification in one call. */
    public void verify(Session session, byte[] data, byte[] signature) {
        verifyLast(session, true, data, signature);
    }

    public void verifyUpdate(Session session, byte[] part) {
        part(session, OperationKind.VERIFY, VerifyOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    public void verifyFinal(Session session, byte[] signature) {
        verifyLast(session, false, NOTHING, signature);
    }

    private void verifyLast(Session session, boolean whole, byte[] data, byte[] signature) {
        last(session, OperationKind.VERIFY, VerifyOperation.class, whole, operation -> {
            operation.finish(data, signature);
            return Output.of(NOTHING);
        });
    }

    public void encryptInit(Session session, MechanismCall call, long key) {
        Mechanism mechanism = mechanisms.require(call.type());
        cipherInit(session, OperationKind.ENCRYPT, mechanism, mechanism.encryptor(), call, key);
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
        Mechanism mechanism = mechanisms.require(call.type());
        cipherInit(session, OperationKind.DECRYPT, mechanism, mechanism.decryptor(), call, key);
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
            Mechanism mechanism,
            Mechanism.@Nullable CipherFactory factory,
            MechanismCall call,
            long key) {
        init(
                session,
                kind,
                mechanism,
                call,
                key,
                factory == null
                        ? null
                        : (object, lease) -> new CipherOperation(factory.open(object, call.parameters()), lease));
    }

    private Output cipherPart(Session session, OperationKind kind, byte[] part, int room) {
        return part(session, kind, CipherOperation.class, operation -> operation.update(part, room));
    }

    private Output cipherLast(Session session, OperationKind kind, boolean whole, byte[] data, int room) {
        return last(session, kind, CipherOperation.class, whole, operation -> operation.finish(data, room));
    }

    public void digestInit(Session session, MechanismCall call) {
        synchronized (session) {
            session.refuseSecond(OperationKind.DIGEST);
            Mechanism mechanism = mechanisms.require(call.type());
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
        return last(
                session, OperationKind.DIGEST, DigestOperation.class, true, operation -> operation.finish(data, room));
    }

    public void digestUpdate(Session session, byte[] part) {
        part(session, OperationKind.DIGEST, DigestOperation.class, operation -> {
            operation.update(part);
            return true;
        });
    }

    /** Digests a secret key's value (section 5.12.4): only of a key whose value may be read anyway. */
    public void digestKey(Session session, long handle) {
        part(session, OperationKind.DIGEST, DigestOperation.class, operation -> {
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
        return last(
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

    private void init(
            Session session,
            OperationKind kind,
            Mechanism mechanism,
            MechanismCall call,
            long handle,
            @Nullable Opener opener) {
        synchronized (session) {
            session.refuseSecond(kind);
            if (opener == null) {
                throw Fault.MECHANISM_INVALID.because(Ckm.name(call.type()) + " is no mechanism to " + kind);
            }
            mechanism.checkParameters(call.parameters());
            HsmObject key = session.access().open(handle, Fault.KEY_HANDLE_INVALID);
            if (!mechanism.takes(key.keyType())) {
                throw Fault.KEY_TYPE_INCONSISTENT.because("the key is not one for " + mechanism.name());
            }
            Lease lease = gate.admit(session, kind.action(), key, call.type(), kind.usage());
            try {
                Operation operation = opener.open(key, lease);
                if (key.attributes().flag(Cka.CKA_ALWAYS_AUTHENTICATE)) {
                    operation.needLogin();
                }
                session.begin(kind, operation);
            } catch (HsmException e) {
                lease.failed(e.fault());
                throw e;
            }
        }
    }

    private static <O extends Operation, T> T part(
            Session session, OperationKind kind, Class<O> type, Function<O, T> step) {
        synchronized (session) {
            O operation = type.cast(session.running(kind));
            refuseWithoutLogin(operation);
            return aborting(session, kind, () -> step.apply(operation));
        }
    }

    private static <O extends Operation> Output last(
            Session session, OperationKind kind, Class<O> type, boolean whole, Function<O, Output> step) {
        synchronized (session) {
            O operation = type.cast(session.running(kind));
            if (whole && operation.inParts()) {
                throw Fault.OPERATION_ACTIVE.because("parts have been taken in: the Final function ends the operation");
            }
            refuseWithoutLogin(operation);
            Output output = aborting(session, kind, () -> step.apply(operation));
            if (output.bytes() != null) {
                session.end(kind);
            }
            return output;
        }
    }

    private static void refuseWithoutLogin(Operation operation) {
        if (operation.loginNeeded()) {
            throw Fault.USER_NOT_LOGGED_IN.because(
                    "the key asks for the PIN before each use: log in as CKU_CONTEXT_SPECIFIC");
        }
    }

    private static <T> T aborting(Session session, OperationKind kind, java.util.function.Supplier<T> step) {
        Fault failure = Fault.GENERAL_ERROR;
        boolean done = false;
        try {
            T result = step.get();
            done = true;
            return result;
        } catch (HsmException e) {
            failure = e.fault();
            throw e;
        } finally {
            if (!done) {
                session.abort(kind, failure);
            }
        }
    }
}
