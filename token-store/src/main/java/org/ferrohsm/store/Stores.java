// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.memory.MemoryStore;
import org.ferrohsm.store.sqlite.SqliteStore;

/** Opens stores by their URL, so that the rest of FerroHSM needs to know no implementation. */
public final class Stores {
    private static final String SQLITE = "sqlite:";
    private static final String MEMORY = "memory:";
    private static final String SUPPORTED = "use sqlite:PATH or memory:";

    private Stores() {}

    /**
     * Opens a store, making it if need be. {@code sqlite:PATH} takes PATH literally: nothing is decoded or expanded.
     * {@code memory:} is a new store each time.
     *
     * @throws IllegalArgumentException if the URL is of no known form
     * @throws org.ferrohsm.store.api.StoreException if the store cannot be opened
     */
    public static TokenStore open(String url) {
        if (url.equals(MEMORY)) {
            return new MemoryStore();
        }
        if (!url.startsWith(SQLITE)) {
            throw new IllegalArgumentException("No kind of store is called \"" + url + "\"; " + SUPPORTED + ".");
        }
        String path = url.substring(SQLITE.length());
        if (path.isEmpty()) {
            throw new IllegalArgumentException("\"" + url + "\" names no file; " + SUPPORTED + ".");
        }
        try {
            return SqliteStore.open(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + url + "\" names no possible file; " + SUPPORTED + ".", e);
        }
    }
}
