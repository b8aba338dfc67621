// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.contract.ModelProperties;

class SqliteStoreModelTest extends ModelProperties {
    private Path folder = Path.of("");
    private int opened;

    @BeforeProperty
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("store-model");
    }

    @AfterProperty
    void removeFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(SqliteStoreModelTest::remove);
        }
    }

    @Override
    protected TokenStore open() {
        return SqliteStore.open(folder.resolve(opened++ + ".db"));
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
