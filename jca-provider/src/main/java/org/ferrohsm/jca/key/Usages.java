// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.jca.spec.KeyUsage;

/** The attributes behind usages. */
final class Usages {
    private static final Map<KeyUsage, Long> ATTRIBUTES = Collections.unmodifiableMap(new EnumMap<>(Map.of(
            KeyUsage.SIGN, Cka.CKA_SIGN,
            KeyUsage.VERIFY, Cka.CKA_VERIFY,
            KeyUsage.ENCRYPT, Cka.CKA_ENCRYPT,
            KeyUsage.DECRYPT, Cka.CKA_DECRYPT,
            KeyUsage.WRAP, Cka.CKA_WRAP,
            KeyUsage.UNWRAP, Cka.CKA_UNWRAP,
            KeyUsage.DERIVE, Cka.CKA_DERIVE)));

    /** The usages that each class of key has attributes for (PKCS#11 3.2 sections 4.7 to 4.10). */
    static final Set<KeyUsage> OF_PUBLIC_KEYS =
            Collections.unmodifiableSet(EnumSet.of(KeyUsage.VERIFY, KeyUsage.ENCRYPT, KeyUsage.WRAP));

    static final Set<KeyUsage> OF_PRIVATE_KEYS =
            Collections.unmodifiableSet(EnumSet.of(KeyUsage.SIGN, KeyUsage.DECRYPT, KeyUsage.UNWRAP, KeyUsage.DERIVE));

    static final Set<KeyUsage> OF_SECRET_KEYS = Collections.unmodifiableSet(EnumSet.allOf(KeyUsage.class));

    private Usages() {}

    /** The attributes, in the order of the usages. */
    static long[] attributes() {
        return ATTRIBUTES.values().stream().mapToLong(Long::longValue).toArray();
    }

    /** The usages whose attribute is set. */
    static Set<KeyUsage> from(LongPredicate isSet) {
        Set<KeyUsage> usages = EnumSet.noneOf(KeyUsage.class);
        ATTRIBUTES.forEach((usage, attribute) -> {
            if (isSet.test(attribute)) {
                usages.add(usage);
            }
        });
        return Collections.unmodifiableSet(usages);
    }

    /** Says each of the possible usages, so that no default of the token adds one. */
    static void put(Template.Builder template, Set<KeyUsage> possible, Set<KeyUsage> wanted) {
        possible.forEach(usage -> template.put(attribute(usage), wanted.contains(usage)));
    }

    private static long attribute(KeyUsage usage) {
        Long attribute = ATTRIBUTES.get(usage);
        if (attribute == null) {
            throw new IllegalStateException("no attribute for " + usage);
        }
        return attribute;
    }
}
