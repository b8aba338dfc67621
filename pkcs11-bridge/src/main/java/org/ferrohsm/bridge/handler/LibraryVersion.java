// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.handler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.ferrohsm.core.service.Version;

/** The version that the build wrote into {@code version.properties}. */
final class LibraryVersion {
    private LibraryVersion() {}

    /** Major and minor of {@code major.minor.rest}. */
    static Version read() {
        Properties properties = new Properties();
        try (InputStream file = LibraryVersion.class.getResourceAsStream("version.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String[] numbers = properties.getProperty("version").split("\\.", -1);
        return new Version(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }
}
