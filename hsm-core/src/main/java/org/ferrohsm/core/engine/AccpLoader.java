// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;

/**
 * Loads Amazon Corretto Crypto Provider. A class of its own: the JVM opens the provider's jar and checks its signature
 * when it verifies a class that mentions the provider.
 */
final class AccpLoader {
    private static final String NATIVE_DIR = "ferrohsm.native.dir";
    private static final String EXTERNAL_LIBRARY = "com.amazon.corretto.crypto.provider.useExternalLib";

    private AccpLoader() {}

    /** The provider, after its library has loaded and its self tests have passed. */
    static Provider load() {
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
