// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** How each source's provider is had without changing the host's list of providers. */
final class Providers {
    private static final String NATIVE_DIR = "ferrohsm.native.dir";
    private static final String EXTERNAL_LIBRARY = "com.amazon.corretto.crypto.provider.useExternalLib";

    private Providers() {}

    static LazyProvider lazily(EngineSource source) {
        return new LazyProvider(source, () -> load(source));
    }

    private static Provider load(EngineSource source) throws NoSuchProviderException {
        return switch (source) {
            case ACCP -> accp();
            case SUN -> installed("SUN");
            case SUN_RSA_SIGN -> installed("SunRsaSign");
            case SUN_EC -> installed("SunEC");
            case SUN_JCE -> installed("SunJCE");
            case BOUNCY_CASTLE -> new BouncyCastleProvider();
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

    private static Provider accp() {
        preferUnpackedLibrary();
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        provider.assertHealthy();
        return provider;
    }

    /**
     * ACCP unpacks its library from its jar into a temporary folder, or, told so, asks the loader for it by name. The
     * loader looks in java.library.path, which is fixed when the JVM starts, so the unpacked library can be used only if
     * the launcher put its folder there.
     */
    private static void preferUnpackedLibrary() {
        String folder = System.getProperty(NATIVE_DIR);
        if (folder == null || System.getProperty(EXTERNAL_LIBRARY) != null) {
            return;
        }
        Path unpacked = Path.of(folder);
        if (onLibraryPath(unpacked)
                && Files.isReadable(unpacked.resolve(System.mapLibraryName("amazonCorrettoCryptoProvider")))) {
            System.setProperty(EXTERNAL_LIBRARY, "true");
        }
    }

    private static boolean onLibraryPath(Path folder) {
        for (String entry : System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && Path.of(entry).equals(folder)) {
                return true;
            }
        }
        return false;
    }
}
