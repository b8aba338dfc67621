// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.ObjectAttributes;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * One key or certificate of the token: what its alias is made of.
 *
 * @param objectClass CKO_*
 * @param id CKA_ID in lower-case hexadecimal, empty if there is none
 * @param label CKA_LABEL, empty if there is none
 */
record Item(long handle, long objectClass, String id, String label, String uniqueId) {
    /** The token's lasting objects of one class. */
    static List<Item> all(Token token, Session session, long objectClass) {
        Template wanted = Template.builder()
                .put(Cka.CKA_CLASS, objectClass)
                .put(Cka.CKA_TOKEN, true)
                .build();
        List<Item> items = new ArrayList<>();
        for (long handle : token.objects().search(session, wanted)) {
            ObjectAttributes read =
                    ObjectAttributes.read(token, session, handle, Cka.CKA_ID, Cka.CKA_LABEL, Cka.CKA_UNIQUE_ID);
            items.add(new Item(
                    handle,
                    objectClass,
                    HexFormat.of().formatHex(read.bytes(Cka.CKA_ID)),
                    read.text(Cka.CKA_LABEL),
                    read.text(Cka.CKA_UNIQUE_ID)));
        }
        return items;
    }

    /** Two items are one if they stand for the same object, whatever has changed about it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Item that && uniqueId.equals(that.uniqueId);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(uniqueId);
    }
}
