// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers from AWS-LC once something has loaded it (its generators are per thread), until then from the kernel
 * through the JDK: a process that only needs a few random bytes does not load a native library for them.
 */
final class RandomSource {
    private final Predicate<EngineSource> loaded;
    private final Function<EngineSource, @Nullable Provider> providers;
    private volatile @Nullable SecureRandom lasting;
    private volatile @Nullable SecureRandom first;

    RandomSource(Predicate<EngineSource> loaded, Function<EngineSource, @Nullable Provider> providers) {
        this.loaded = loaded;
        this.providers = providers;
    }

    SecureRandom get() {
        SecureRandom current = lasting;
        if (current == null && loaded.test(EngineSource.ACCP)) {
            current = open(EngineSource.ACCP, "LibCryptoRng");
            lasting = current;
        }
        return current != null ? current : beforeNative();
    }

    private SecureRandom beforeNative() {
        SecureRandom current = first;
        if (current == null) {
            current = open(EngineSource.SUN, "NativePRNGNonBlocking");
            first = current != null ? current : new SecureRandom();
        }
        return current != null ? current : beforeNative();
    }

    private @Nullable SecureRandom open(EngineSource source, String algorithm) {
        Provider provider = providers.apply(source);
        try {
            return provider == null ? null : SecureRandom.getInstance(algorithm, provider);
        } catch (NoSuchAlgorithmException e) {
            return null;
        }
    }
}
