// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.attribute;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** An object's secret attributes (CKA_VALUE of a key, CKA_PRIVATE_EXPONENT ...), which it owns and wipes. */
public final class SecretAttributes implements AutoCloseable {
    private final Map<Long, SecretBytes> values;

    private SecretAttributes(Map<Long, SecretBytes> values) {
        this.values = values;
    }

    /** No secrets: public keys, certificates, data. */
    public static SecretAttributes none() {
        return new SecretAttributes(Collections.emptyMap());
    }

    /** One secret, taken over. */
    public static SecretAttributes of(long type, SecretBytes value) {
        return of(Map.of(type, value));
    }

    /** Takes the values over. */
    public static SecretAttributes of(Map<Long, SecretBytes> values) {
        return new SecretAttributes(new TreeMap<>(values));
    }

    public @Nullable SecretBytes get(long type) {
        return values.get(type);
    }

    /** Types in ascending order. */
    public Set<Long> types() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Independent copies of all values. */
    public SecretAttributes copy() {
        Map<Long, SecretBytes> copies = new TreeMap<>();
        values.forEach((type, value) -> copies.put(type, value.copy()));
        return new SecretAttributes(copies);
    }

    @Override
    public void close() {
        values.values().forEach(SecretBytes::close);
    }
}
