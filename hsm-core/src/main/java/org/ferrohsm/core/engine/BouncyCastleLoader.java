// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Loads Bouncy Castle; a class of its own for the same reason as {@link AccpLoader}. */
final class BouncyCastleLoader {
    private BouncyCastleLoader() {}

    static Provider load() {
        return new BouncyCastleProvider();
    }
}
