// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Wycheproof's names of hashes are called here. */
final class WycheproofNames {
    private WycheproofNames() {}

    private static String part(String sha) {
        return sha.startsWith("SHA3-")
                ? sha.replace('-', '_')
                : sha.replace("-", "").replace('/', '_');
    }

    private static @Nullable Long constant(String name) {
        try {
            return VectorNumbers.of(name);
        } catch (LinkageError noSuchConstant) {
            return null;
        }
    }

    /** The mechanism with a hash in its name, null if there is none. */
    static @Nullable Long mechanism(String pattern, String sha) {
        return constant(pattern.formatted(part(sha)));
    }

    static @Nullable Long digest(String sha) {
        return constant("CKM_" + (sha.equals("SHA-1") ? "SHA_1" : part(sha)));
    }

    /** The HMAC of any length whose name in Wycheproof is that, null if there is none. */
    static @Nullable Long hmac(String algorithm) {
        if (!algorithm.startsWith("HMACSHA")) {
            return null;
        }
        String sha = algorithm.substring("HMAC".length());
        String part = sha.equals("SHA1") ? "SHA_1" : sha.replace('-', '_').replace('/', '_');
        return constant("CKM_" + part + "_HMAC_GENERAL");
    }

    static @Nullable Long mask(String sha) {
        return constant("CKG_MGF1_" + part(sha).toUpperCase(Locale.ROOT));
    }
}
