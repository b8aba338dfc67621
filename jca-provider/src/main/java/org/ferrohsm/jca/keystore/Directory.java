// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * A token's entries by alias, as they were at one moment. Keys are listed whether or not they have a certificate; a
 * certificate belongs to the private key of its CKA_ID, and is an entry for itself if there is none and it has a label.
 * (Those without are members of chains.)
 */
final class Directory {
    /** The directory of an empty token. */
    static final Directory EMPTY = new Directory(Collections.emptyMap());

    private final Map<String, Entry> entries;

    private Directory(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** Reads the token, as far as its login shows it. */
    static Directory read(Token token) {
        return token.call(session -> new Directory(named(paired(
                Item.all(token, session, Cko.CKO_PRIVATE_KEY),
                Item.all(token, session, Cko.CKO_SECRET_KEY),
                Item.all(token, session, Cko.CKO_CERTIFICATE)))));
    }

    Set<String> aliases() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    @Nullable
    Entry get(String alias) {
        return entries.get(alias);
    }

    /** The alias of the entry with the certificate behind {@code handle}. */
    Optional<String> aliasOfCertificate(long handle) {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            Item certificate = entry.getValue().certificate();
            if (certificate != null && certificate.handle() == handle) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private static List<Entry> paired(List<Item> privateKeys, List<Item> secretKeys, List<Item> certificates) {
        Map<String, Item> byId = new HashMap<>();
        certificates.forEach(certificate -> byId.putIfAbsent(certificate.id(), certificate));
        byId.remove("");
        Set<String> ofKeys = privateKeys.stream().map(Item::id).collect(Collectors.toSet());
        List<Entry> entries = new ArrayList<>();
        privateKeys.forEach(key -> entries.add(new Entry(key, byId.get(key.id()))));
        secretKeys.forEach(key -> entries.add(new Entry(key, null)));
        for (Item certificate : certificates) {
            boolean taken = !certificate.id().isEmpty() && ofKeys.contains(certificate.id());
            if (!taken && !certificate.label().isEmpty()) {
                entries.add(new Entry(null, certificate));
            }
        }
        return entries;
    }

    /** Labels first; where they repeat CKA_ID is added, and where that repeats too CKA_UNIQUE_ID. */
    private static Map<String, Entry> named(List<Entry> entries) {
        Map<String, Entry> named = new LinkedHashMap<>();
        List<Entry> left = entries;
        for (Function<Entry, String> name : List.<Function<Entry, String>>of(
                Directory::label,
                entry -> label(entry) + "/" + entry.named().id(),
                entry -> label(entry) + "/" + entry.named().uniqueId())) {
            Map<String, List<Entry>> groups =
                    left.stream().collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
            List<Entry> ambiguous = new ArrayList<>();
            groups.forEach((alias, group) -> {
                if (group.size() == 1 && !named.containsKey(alias)) {
                    named.put(alias, group.get(0));
                } else {
                    ambiguous.addAll(group);
                }
            });
            left = ambiguous;
        }
        return Collections.unmodifiableMap(named);
    }

    private static String label(Entry entry) {
        Item certificate = entry.certificate();
        if (!entry.named().label().isEmpty()) {
            return entry.named().label();
        }
        if (certificate != null && !certificate.label().isEmpty()) {
            return certificate.label();
        }
        return entry.named().id().isEmpty()
                ? entry.named().uniqueId()
                : entry.named().id();
    }
}
