// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.people;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;

/**
 * A key by which a person approves.
 *
 * @param name the key's name, unique among a token's approvers
 * @param person whose it is; several keys may be one person's, who counts once
 * @param key an Ed25519 public key, 32 bytes (RFC 8032)
 * @param groups the groups that the person votes for with it
 * @param accounts the accounts under which the person runs programs, e.g. {@code uid:1000}: what they ask for, the
 *     person does not approve
 */
public record Approver(String name, String person, byte[] key, Set<String> groups, Set<String> accounts) {
    /** Bytes of a key. */
    public static final int KEY_LENGTH = 32;

    CborValue.Dictionary encode() {
        RecordFields fields = new RecordFields();
        fields.put(1, person);
        fields.put(2, key);
        fields.put(3, set(groups));
        if (!accounts.isEmpty()) {
            fields.put(4, set(accounts));
        }
        return fields.dictionary();
    }

    static Approver decode(String name, CborValue value) {
        if (!(value instanceof CborValue.Dictionary dictionary)) {
            throw new CborException("an approver that is no map");
        }
        RecordFields fields = RecordFields.of(dictionary);
        Approver approver = new Approver(
                name,
                fields.text(1),
                fields.bytes(2, KEY_LENGTH),
                elements(fields.optionalDictionary(3)),
                elements(fields.optionalDictionary(4)));
        fields.requireNoMore();
        return approver;
    }

    /** A set is a map from its texts to 1: the encoding has no lists. */
    private static CborValue.Dictionary set(Set<String> texts) {
        SortedMap<CborValue.Key, CborValue> entries = new TreeMap<>();
        texts.forEach(text -> entries.put(new CborValue.Text(text), new CborValue.Unsigned(1)));
        return new CborValue.Dictionary(entries);
    }

    private static Set<String> elements(CborValue.Dictionary set) {
        Set<String> texts = new TreeSet<>();
        for (CborValue.Key key : set.entries().keySet()) {
            if (!(key instanceof CborValue.Text text)) {
                throw new CborException("a set of other things than texts");
            }
            texts.add(text.value());
        }
        return texts;
    }
}
