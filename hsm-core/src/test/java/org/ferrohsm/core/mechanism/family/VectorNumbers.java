// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Set;

/** Numbers in vectors: decimal, or the name of a constant. */
public final class VectorNumbers {
    /** Attributes that are numbers. */
    private static final Set<String> NUMBERS = Set.of(
            "CKA_KEY_TYPE",
            "CKA_VALUE_LEN",
            "CKA_MODULUS_BITS",
            "CKA_PARAMETER_SET",
            "CKA_PRIME_BITS",
            "CKA_SUBPRIME_BITS",
            "CKA_VALUE_BITS",
            "CKA_HSS_LEVELS",
            "CKA_HSS_LMS_TYPE",
            "CKA_HSS_LMOTS_TYPE");

    private VectorNumbers() {}

    public static long of(String text) {
        if (!text.startsWith("CK")) {
            return Long.parseLong(text);
        }
        String type = "Ck" + Character.toLowerCase(text.charAt(2));
        try {
            return Class.forName("org.ferrohsm.core.ck." + type).getField(text).getLong(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no constant " + text, e);
        }
    }

    /** Whether the attribute of this name is a number. */
    public static boolean isAttribute(String name) {
        return NUMBERS.contains(name);
    }
}
