// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.util.List;
import java.util.Map;
import org.ferrohsm.bridge.codec.AttributeWriter;
import org.ferrohsm.bridge.codec.TemplateReader;
import org.ferrohsm.bridge.codec.Wanted;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.session.Session;

/** Objects (PKCS#11 3.2 section 5.7). */
final class ObjectCalls {
    private ObjectCalls() {}

    static void addTo(Map<Call, Handler> table) {
        table.put(Call.C_CreateObject, ObjectCalls::create);
        table.put(Call.C_CopyObject, ObjectCalls::copy);
        table.put(Call.C_DestroyObject, ObjectCalls::destroy);
        table.put(Call.C_GetObjectSize, ObjectCalls::size);
        table.put(Call.C_GetAttributeValue, ObjectCalls::getAttributes);
        table.put(Call.C_SetAttributeValue, ObjectCalls::setAttributes);
        table.put(Call.C_FindObjectsInit, ObjectCalls::findInit);
        table.put(Call.C_FindObjects, ObjectCalls::find);
        table.put(Call.C_FindObjectsFinal, ObjectCalls::findFinal);
    }

    private static void create(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        out.ulong(library.objects().create(library.session(session), template));
    }

    private static void copy(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long object = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        out.ulong(library.objects().copy(library.session(session), object, template));
    }

    private static void destroy(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long object = in.ulong();
        in.end();
        library.objects().destroy(library.session(session), object);
    }

    private static void size(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long object = in.ulong();
        in.end();
        out.ulong(library.objects().size(library.session(session), object));
    }

    private static void getAttributes(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long object = in.ulong();
        List<Wanted> wanted = Wanted.read(in);
        in.end();
        long[] types = new long[wanted.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = wanted.get(i).type();
        }
        Session at = library.session(session);
        AttributeWriter.write(wanted, library.objects().read(at, object, types), out);
    }

    private static void setAttributes(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        long object = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        library.objects().change(library.session(session), object, template);
    }

    private static void findInit(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        Template template = TemplateReader.read(in);
        in.end();
        library.objects().findInit(library.session(session), template);
    }

    private static void find(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        int most = in.places();
        in.end();
        out.ulongs(library.objects().find(library.session(session), most), most);
    }

    private static void findFinal(Library library, WireReader in, WireWriter out) {
        long session = in.ulong();
        in.end();
        library.objects().findFinal(library.session(session));
    }
}
