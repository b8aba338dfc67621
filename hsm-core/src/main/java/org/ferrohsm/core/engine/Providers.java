// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;

/** How each source's provider is had without changing the host's list of providers. */
final class Providers {
    /** Loads a source's provider. */
    @FunctionalInterface
    interface Loader {
        Provider load(EngineSource source) throws Exception;
    }

    private Providers() {}

    static Provider load(EngineSource source) throws NoSuchProviderException {
        return switch (source) {
            case ACCP -> AccpLoader.load();
            case SUN -> installed("SUN");
            case SUN_RSA_SIGN -> installed("SunRsaSign");
            case SUN_EC -> installed("SunEC");
            case SUN_JCE -> installed("SunJCE");
            case BOUNCY_CASTLE -> BouncyCastleLoader.load();
        };
    }

    /** Reads the host's list; a host that has removed the provider does without it. */
    private static Provider installed(String name) throws NoSuchProviderException {
        Provider provider = Security.getProvider(name);
        if (provider == null) {
            throw new NoSuchProviderException(name + " is not among this JVM's security providers");
        }
        return provider;
    }
}
