// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.Map;
import org.ferrohsm.bridge.codec.MechanismReader;
import org.ferrohsm.bridge.codec.MessageParameterCodec;
import org.ferrohsm.bridge.codec.TemplateReader;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.ParameterLayout;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.service.Encapsulated;
import org.ferrohsm.core.service.KeyPairHandles;
import org.ferrohsm.core.service.MadeKeys;
import org.ferrohsm.core.service.MessageOutcome;

/** Making, wrapping and deriving keys (PKCS#11 3.2 section 5.18). */
final class KeyCalls {
    private KeyCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_GenerateKey, KeyCalls::generate);
        table.put(Call.C_GenerateKey2, KeyCalls::generateAll);
        table.put(Call.C_GenerateKeyPair, KeyCalls::generatePair);
        table.put(Call.C_WrapKey, KeyCalls::wrap);
        table.put(Call.C_UnwrapKey, KeyCalls::unwrap);
        table.put(Call.C_WrapKeyAuthenticated, KeyCalls::wrapAuthenticated);
        table.put(Call.C_UnwrapKeyAuthenticated, KeyCalls::unwrapAuthenticated);
        table.put(Call.C_EncapsulateKey, KeyCalls::encapsulate);
        table.put(Call.C_DecapsulateKey, KeyCalls::decapsulate);
        table.put(Call.C_DeriveKey, KeyCalls::derive);
        table.put(Call.C_DeriveKey2, KeyCalls::deriveForClients);
        table.put(Call.C_DeriveKey3, KeyCalls::deriveAll);
    }

    private static void generate(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        Template template = TemplateReader.read(in);
        in.end();
        out.ulong(library.keys().generate(library.session(session), mechanism, template));
    }

    /** The key's handle, and in the parameter what the mechanism gives beside it. */
    private static void generateAll(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        Template template = TemplateReader.read(in);
        in.end();
        made(library.keys().generateAll(library.session(session), mechanism, template), out);
    }

    /** The handle that the function returns, 0 if there is none; then the parameter, handles before bytes. */
    private static void made(MadeKeys made, WireWriter out) {
        long[] handles = made.handles();
        int inParameter = made.returnsFirst() ? 1 : 0;
        out.ulong(made.returned());
        out.octet(handles.length == inParameter && made.outputs().isEmpty() ? 0 : 1);
        for (int i = inParameter; i < handles.length; i++) {
            out.ulong(handles[i]);
        }
        made.outputs().forEach(out::block);
    }

    private static void generatePair(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        Template publicTemplate = TemplateReader.read(in);
        Template privateTemplate = TemplateReader.read(in);
        in.end();
        KeyPairHandles pair =
                library.keys().generatePair(library.session(session), mechanism, publicTemplate, privateTemplate);
        out.ulong(pair.publicKey());
        out.ulong(pair.privateKey());
    }

    private static void wrap(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long wrappingKey = in.ulong();
        long key = in.ulong();
        int room = in.room();
        in.end();
        out.output(library.keys().wrap(library.session(session), mechanism, wrappingKey, key, room));
    }

    private static void unwrap(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long unwrappingKey = in.ulong();
        byte[] wrapped = in.bytes();
        Template template = TemplateReader.read(in);
        in.end();
        out.ulong(library.keys().unwrap(library.session(session), mechanism, unwrappingKey, wrapped, template));
    }

    private static void wrapAuthenticated(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MessageParameterCodec.readMechanism(in);
        long wrappingKey = in.ulong();
        long key = in.ulong();
        byte[] associatedData = in.bytes();
        int room = in.room();
        in.end();
        MessageOutcome outcome = library.keys()
                .wrapAuthenticated(library.session(session), mechanism, wrappingKey, key, associatedData, room);
        out.output(outcome.output());
        MessageParameterCodec.write(out, outcome);
    }

    private static void unwrapAuthenticated(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MessageParameterCodec.readMechanism(in);
        long unwrappingKey = in.ulong();
        byte[] wrapped = in.bytes();
        Template template = TemplateReader.read(in);
        byte[] associatedData = in.bytes();
        in.end();
        out.ulong(library.keys()
                .unwrapAuthenticated(
                        library.session(session), mechanism, unwrappingKey, wrapped, template, associatedData));
    }

    private static void encapsulate(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long publicKey = in.ulong();
        Template template = TemplateReader.read(in);
        int room = in.room();
        in.end();
        Encapsulated made = library.keys().encapsulate(library.session(session), mechanism, publicKey, template, room);
        out.output(made.ciphertext());
        out.ulong(made.key());
    }

    private static void decapsulate(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long privateKey = in.ulong();
        Template template = TemplateReader.read(in);
        byte[] ciphertext = in.bytes();
        in.end();
        out.ulong(library.keys().decapsulate(library.session(session), mechanism, privateKey, template, ciphertext));
    }

    private static void derive(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        out.ulong(derive(library, session, mechanism, in));
    }

    /** As newer p11-kit clients ask: the answer repeats the return value and what the mechanism gives back, nothing. */
    private static void deriveForClients(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long key = derive(library, session, mechanism, in);
        out.ulong(Ckr.CKR_OK);
        if (ParameterLayout.of(mechanism.type()) != ParameterLayout.NONE) {
            out.octet(0);
        }
        out.ulong(key);
    }

    /** The first key's handle, and in the parameter those of the others. */
    private static void deriveAll(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        MechanismCall mechanism = MechanismReader.read(in);
        long baseKey = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        made(library.keys().deriveAll(library.session(session), mechanism, baseKey, template), out);
    }

    private static long derive(Library library, long session, MechanismCall mechanism, WireReader in) {
        long baseKey = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        return library.keys().derive(library.session(session), mechanism, baseKey, template);
    }
}
