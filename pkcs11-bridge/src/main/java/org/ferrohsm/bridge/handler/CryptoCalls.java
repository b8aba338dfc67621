// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.ferrohsm.bridge.codec.MechanismReader;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.service.CryptoService;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;

/** Encryption, decryption, digests, signatures and their verification (PKCS#11 3.2 sections 5.8 to 5.15). */
final class CryptoCalls {
    /** Begins an operation with a key. */
    @FunctionalInterface
    interface Init<S> {
        void run(S service, Session session, MechanismCall mechanism, long key);
    }

    /** Reads a mechanism, null for a NULL pointer. */
    @FunctionalInterface
    interface Reader {
        @Nullable
        MechanismCall read(WireReader in);
    }

    /** Turns data into data: a whole operation, or a part of one. */
    @FunctionalInterface
    interface Transform {
        Output run(CryptoService crypto, Session session, byte[] data, int room);
    }

    /** Takes data in: part of an operation, or what it is checked against. */
    @FunctionalInterface
    interface Intake {
        void run(CryptoService crypto, Session session, byte[] data);
    }

    /** Ends an operation with its result. */
    @FunctionalInterface
    interface Finish {
        Output run(CryptoService crypto, Session session, int room);
    }

    private CryptoCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_EncryptInit, init(OperationKind.ENCRYPT, CryptoService::encryptInit));
        table.put(Call.C_Encrypt, transform(CryptoService::encrypt));
        table.put(Call.C_EncryptUpdate, transform(CryptoService::encryptUpdate));
        table.put(Call.C_EncryptFinal, finish(CryptoService::encryptFinal));

        table.put(Call.C_DecryptInit, init(OperationKind.DECRYPT, CryptoService::decryptInit));
        table.put(Call.C_Decrypt, transform(CryptoService::decrypt));
        table.put(Call.C_DecryptUpdate, transform(CryptoService::decryptUpdate));
        table.put(Call.C_DecryptFinal, finish(CryptoService::decryptFinal));

        table.put(Call.C_DigestInit, CryptoCalls::digestInit);
        table.put(Call.C_Digest, transform(CryptoService::digest));
        table.put(Call.C_DigestUpdate, intake(CryptoService::digestUpdate));
        table.put(Call.C_DigestKey, CryptoCalls::digestKey);
        table.put(Call.C_DigestFinal, finish(CryptoService::digestFinal));

        table.put(Call.C_SignInit, init(OperationKind.SIGN, CryptoService::signInit));
        table.put(Call.C_Sign, transform(CryptoService::sign));
        table.put(Call.C_SignUpdate, intake(CryptoService::signUpdate));
        table.put(Call.C_SignFinal, finish(CryptoService::signFinal));

        table.put(Call.C_VerifyInit, init(OperationKind.VERIFY, CryptoService::verifyInit));
        table.put(Call.C_Verify, CryptoCalls::verify);
        table.put(Call.C_VerifyUpdate, intake(CryptoService::verifyUpdate));
        table.put(Call.C_VerifyFinal, intake(CryptoService::verifyFinal));

        table.put(Call.C_VerifySignatureInit, CryptoCalls::verifySignatureInit);
        table.put(Call.C_VerifySignature, intake(CryptoService::verifySignature));
        table.put(Call.C_VerifySignatureUpdate, intake(CryptoService::verifySignatureUpdate));
        table.put(Call.C_VerifySignatureFinal, CryptoCalls::verifySignatureFinal);

        table.put(Call.C_SignRecoverInit, init(OperationKind.SIGN_RECOVER, CryptoService::signRecoverInit));
        table.put(Call.C_SignRecover, transform(CryptoService::signRecover));
        table.put(Call.C_VerifyRecoverInit, init(OperationKind.VERIFY_RECOVER, CryptoService::verifyRecoverInit));
        table.put(Call.C_VerifyRecover, transform(CryptoService::verifyRecover));

        table.put(Call.C_SessionCancel, CryptoCalls::sessionCancel);
    }

    private static Handler init(OperationKind kind, Init<CryptoService> init) {
        return init(kind, MechanismReader::readOrNull, Library::crypto, init);
    }

    /** A NULL mechanism ends the operation, or the process of messages (PKCS#11 3.2 section 5.8.1 and its like). */
    static <S> Handler init(OperationKind kind, Reader reader, Function<Library, S> service, Init<S> init) {
        return (library, in, out) -> {
            long handle = in.ulong();
            MechanismCall mechanism = reader.read(in);
            long key = in.ulong();
            in.end();
            Session session = library.session(handle);
            if (mechanism == null) {
                library.crypto().cancel(session, kind);
            } else {
                init.run(service.apply(library), session, mechanism, key);
            }
        };
    }

    private static Handler transform(Transform transform) {
        return (library, in, out) -> {
            long session = in.ulong();
            byte[] data = in.bytes();
            int room = in.room();
            in.end();
            reply(out, transform.run(library.crypto(), library.session(session), data, room));
        };
    }

    private static Handler intake(Intake intake) {
        return (library, in, out) -> {
            long session = in.ulong();
            byte[] data = in.bytes();
            in.end();
            intake.run(library.crypto(), library.session(session), data);
        };
    }

    private static Handler finish(Finish finish) {
        return (library, in, out) -> {
            long session = in.ulong();
            int room = in.room();
            in.end();
            reply(out, finish.run(library.crypto(), library.session(session), room));
        };
    }

    /** The output may be somebody's secret: once it is written no copy stays. */
    static void reply(WireWriter out, Output output) {
        out.output(output);
        byte[] bytes = output.bytes();
        if (bytes != null) {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void digestInit(Library library, WireReader in, WireWriter out) {
        long handle = in.ulong();
        MechanismCall mechanism = MechanismReader.readOrNull(in);
        in.end();
        Session session = library.session(handle);
        if (mechanism == null) {
            library.crypto().cancel(session, OperationKind.DIGEST);
        } else {
            library.crypto().digestInit(session, mechanism);
        }
    }

    private static void digestKey(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long key = in.ulong();
        in.end();
        library.crypto().digestKey(library.session(session), key);
    }

    private static void verify(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        byte[] data = in.bytes();
        byte[] signature = in.bytes();
        in.end();
        library.crypto().verify(library.session(session), data, signature);
    }

    private static void verifySignatureInit(Library library, WireReader in, WireWriter out) {
        long handle = in.ulong();
        MechanismCall mechanism = MechanismReader.readOrNull(in);
        long key = in.ulong();
        byte[] signature = in.bytes();
        in.end();
        Session session = library.session(handle);
        if (mechanism == null) {
            library.crypto().cancel(session, OperationKind.VERIFY);
        } else {
            library.crypto().verifySignatureInit(session, mechanism, key, signature);
        }
    }

    private static void verifySignatureFinal(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        in.end();
        library.crypto().verifySignatureFinal(library.session(session));
    }

    private static void sessionCancel(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long flags = in.ulong();
        in.end();
        library.crypto().cancel(library.session(session), flags);
    }
}
