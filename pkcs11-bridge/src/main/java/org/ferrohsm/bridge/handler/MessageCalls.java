// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.codec.MechanismReader;
import org.ferrohsm.bridge.codec.MessageParameterCodec;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.service.MessageOutcome;
import org.ferrohsm.core.service.MessageService;
import org.ferrohsm.core.service.MessageSigningService;
import org.ferrohsm.core.session.Session;

/** Messages: encryption, decryption, signatures, verification (PKCS#11 3.2 sections 5.9, 5.11, 5.14 and 5.16). */
final class MessageCalls {
    private MessageCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(
                Call.C_MessageEncryptInit2,
                CryptoCalls.init(
                        OperationKind.MESSAGE_ENCRYPT,
                        MessageParameterCodec::readMechanismOrNull,
                        Library::messages,
                        MessageService::encryptInit));
        table.put(Call.C_EncryptMessage2, whole(OperationKind.MESSAGE_ENCRYPT));
        table.put(Call.C_EncryptMessageBegin2, begin(OperationKind.MESSAGE_ENCRYPT));
        table.put(Call.C_EncryptMessageNext2, next(OperationKind.MESSAGE_ENCRYPT));
        table.put(Call.C_MessageEncryptFinal, finish(OperationKind.MESSAGE_ENCRYPT));

        table.put(
                Call.C_MessageDecryptInit2,
                CryptoCalls.init(
                        OperationKind.MESSAGE_DECRYPT,
                        MessageParameterCodec::readMechanismOrNull,
                        Library::messages,
                        MessageService::decryptInit));
        table.put(Call.C_DecryptMessage2, whole(OperationKind.MESSAGE_DECRYPT));
        table.put(Call.C_DecryptMessageBegin2, begin(OperationKind.MESSAGE_DECRYPT));
        table.put(Call.C_DecryptMessageNext2, next(OperationKind.MESSAGE_DECRYPT));
        table.put(Call.C_MessageDecryptFinal, finish(OperationKind.MESSAGE_DECRYPT));

        table.put(
                Call.C_MessageSignInit,
                CryptoCalls.init(
                        OperationKind.MESSAGE_SIGN,
                        MechanismReader::readOrNull,
                        Library::messageSigning,
                        MessageSigningService::signInit));
        table.put(Call.C_SignMessage, MessageCalls::sign);
        table.put(Call.C_SignMessageBegin, MessageCalls::signBegin);
        table.put(Call.C_SignMessageNext, MessageCalls::signNext);
        table.put(Call.C_MessageSignFinal, finish(OperationKind.MESSAGE_SIGN));

        table.put(
                Call.C_MessageVerifyInit,
                CryptoCalls.init(
                        OperationKind.MESSAGE_VERIFY,
                        MechanismReader::readOrNull,
                        Library::messageSigning,
                        MessageSigningService::verifyInit));
        table.put(Call.C_VerifyMessage, MessageCalls::verify);
        table.put(Call.C_VerifyMessageBegin, MessageCalls::verifyBegin);
        table.put(Call.C_VerifyMessageNext, MessageCalls::verifyNext);
        table.put(Call.C_MessageVerifyFinal, finish(OperationKind.MESSAGE_VERIFY));
        table.put(Call.C_MessageAbort, MessageCalls::abort);
    }

    private static Handler finish(OperationKind kind) {
        return (library, in, out) -> {
            long session = in.ulong();
            in.end();
            library.messages().finish(library.session(session), kind);
        };
    }

    private static void abort(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long flag = in.ulong();
        in.end();
        library.messages().abort(library.session(session), flag);
    }

    private static Handler whole(OperationKind kind) {
        return (library, in, out) -> {
            long session = in.ulong();
            MechanismParameters parameters = MessageParameterCodec.read(in);
            byte[] associatedData = in.bytes();
            byte[] data = in.bytes();
            int room = in.room();
            in.end();
            reply(
                    out,
                    kind,
                    library.messages().whole(library.session(session), kind, parameters, associatedData, data, room));
        };
    }

    private static Handler begin(OperationKind kind) {
        return (library, in, out) -> {
            long session = in.ulong();
            MechanismParameters parameters = MessageParameterCodec.read(in);
            byte[] associatedData = in.bytes();
            in.end();
            MessageOutcome outcome =
                    library.messages().begin(library.session(session), kind, parameters, associatedData);
            if (kind == OperationKind.MESSAGE_ENCRYPT) {
                MessageParameterCodec.write(out, outcome);
            }
        };
    }

    private static Handler next(OperationKind kind) {
        return (library, in, out) -> {
            long session = in.ulong();
            MechanismParameters parameters = MessageParameterCodec.read(in);
            byte[] part = in.bytes();
            int room = in.room();
            boolean last = (in.ulong() & Ckf.CKF_END_OF_MESSAGE) != 0;
            in.end();
            reply(out, kind, library.messages().next(library.session(session), kind, parameters, part, room, last));
        };
    }

    private static void reply(WireWriter out, OperationKind kind, MessageOutcome outcome) {
        CryptoCalls.reply(out, outcome.output());
        if (kind == OperationKind.MESSAGE_ENCRYPT) {
            MessageParameterCodec.write(out, outcome);
        }
    }

    /** The parameter of a message to sign travels as plain bytes. */
    private static MechanismParameters plain(WireReader in) {
        byte[] bytes = in.bytes();
        return bytes.length == 0 ? NoParameters.INSTANCE : new RawParameters(bytes);
    }

    private static void sign(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismParameters parameters = plain(in);
        byte[] data = in.bytes();
        int room = in.room();
        in.end();
        out.output(library.messageSigning().sign(library.session(session), parameters, data, room));
    }

    private static void signBegin(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismParameters parameters = plain(in);
        in.end();
        library.messageSigning().signBegin(library.session(session), parameters);
    }

    private static void signNext(Library library, WireReader in, WireWriter out) {
        long handle = in.ulong();
        MechanismParameters parameters = plain(in);
        byte[] part = in.bytes();
        boolean last = in.flag();
        int room = in.room();
        in.end();
        Session session = library.session(handle);
        if (last) {
            out.output(library.messageSigning().signLast(session, parameters, part, room));
        } else {
            library.messageSigning().signNext(session, parameters, part);
            out.output(Output.of(new byte[0]));
        }
    }

    private static void verify(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismParameters parameters = plain(in);
        byte[] data = in.bytes();
        byte[] signature = in.bytes();
        in.end();
        library.messageSigning().verify(library.session(session), parameters, data, signature);
    }

    private static void verifyBegin(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismParameters parameters = plain(in);
        in.end();
        library.messageSigning().verifyBegin(library.session(session), parameters);
    }

    /** Without a signature (NULL) the message goes on (section 5.16.4). */
    private static void verifyNext(Library library, WireReader in, WireWriter out) {
        long handle = in.ulong();
        MechanismParameters parameters = plain(in);
        byte[] part = in.bytes();
        byte[] signature = in.bytesOrNull();
        in.end();
        Session session = library.session(handle);
        if (signature == null) {
            library.messageSigning().verifyNext(session, parameters, part);
        } else {
            library.messageSigning().verifyLast(session, parameters, part, signature);
        }
    }
}
