// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;

/**
 * One algorithm of Mac.
 *
 * @param name its name in the JCA
 * @param length of its values in bytes
 * @param keyTypes CKK_* of the keys it takes
 */
public record MacAlgorithm(String name, long mechanism, int length, List<Long> keyTypes) {
    /** CMAC with AES (NIST SP 800-38B), under the name that other providers give it. */
    public static final MacAlgorithm AES_CMAC = new MacAlgorithm("AESCMAC", Ckm.CKM_AES_CMAC, 16, List.of(Ckk.CKK_AES));

    /** The HMACs, as long as their hash. */
    public static List<MacAlgorithm> hmacs() {
        List<MacAlgorithm> all = new ArrayList<>();
        for (HashAlgorithm hash : HashAlgorithm.values()) {
            all.add(hmac(hash.shortName(), hash.mechanisms().hmac(), hash.length(), hash.hmacKeyType()));
        }
        all.add(hmac("SHA512/224", Ckm.CKM_SHA512_224_HMAC, 28, Ckk.CKK_SHA512_224_HMAC));
        all.add(hmac("SHA512/256", Ckm.CKM_SHA512_256_HMAC, 32, Ckk.CKK_SHA512_256_HMAC));
        return all;
    }

    private static MacAlgorithm hmac(String hash, long mechanism, int length, long keyType) {
        return new MacAlgorithm("Hmac" + hash, mechanism, length, List.of(Ckk.CKK_GENERIC_SECRET, keyType));
    }
}
