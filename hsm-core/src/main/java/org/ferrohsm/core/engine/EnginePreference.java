// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.util.List;

/**
 * Which source is asked first for an algorithm, as data. The first row that fits decides.
 *
 * @param type JCA service type, or * for all
 * @param prefix how the algorithm's name begins; empty for all
 * @param order sources, best first
 * @param reason the measurement or fact behind the row (JDK 17, x86-64 with SHA-NI and AVX2)
 */
public record EnginePreference(String type, String prefix, List<EngineSource> order, String reason) {
    /** All rows. */
    public static final List<EnginePreference> ALL = List.of(
            new EnginePreference(
                    "MessageDigest",
                    "",
                    EngineSource.JDK_FIRST,
                    "intrinsics beat the JNI crossing: 12.2 M/s against 7.5 M/s at 32 bytes, equal at 16 KiB"),
            new EnginePreference(
                    "Mac",
                    "Hmac",
                    EngineSource.JDK_FIRST,
                    "as the digests beneath: HMAC-SHA256 of 1 KiB 1.25 M/s against 1.10 M/s"),
            new EnginePreference(
                    "Cipher",
                    "AES/GCM",
                    EngineSource.NATIVE_FIRST,
                    "2.8 M/s against 2.0 M/s at 1 KiB, twice as fast at 16 KiB, and fast before the JIT has warmed up"),
            new EnginePreference(
                    "Cipher",
                    "AES/",
                    EngineSource.JDK_FIRST,
                    "the only one with CTR and ECB; CBC slower by a sixth in encryption, twice as fast in decryption"),
            new EnginePreference(
                    "Signature",
                    "EdDSA",
                    EngineSource.JDK_FIRST,
                    "asked for by this name where a context or a prehash is needed, which only the JDK takes"),
            new EnginePreference(
                    "*",
                    "",
                    EngineSource.NATIVE_FIRST,
                    "RSA twice, P-256 fifty times, Ed25519 a hundred times as fast as the JDK"));

    static List<EngineSource> order(String type, String algorithm) {
        for (EnginePreference row : ALL) {
            if ((row.type.equals("*") || row.type.equals(type)) && algorithm.startsWith(row.prefix)) {
                return row.order;
            }
        }
        throw new AssertionError("the last row fits everything");
    }
}
