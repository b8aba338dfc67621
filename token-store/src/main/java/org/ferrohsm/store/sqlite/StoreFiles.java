// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreException.Kind;

/** The store's files and folder: made for their owner alone, checked before SQLite sees them. */
final class StoreFiles {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE = mode("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER = mode("rwx------");

    private StoreFiles() {}

    /** Makes the folder of {@code file}, if there is none, for its owner alone. */
    static void makeFolder(Path file) throws IOException {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, OWNER_FOLDER);
        }
    }

    /**
     * Checks what SQLite would find out late or badly: it opens what it may not write for reading only, and takes an empty
     * file for a new database.
     */
    static void check(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new StoreException(
                    Kind.INACCESSIBLE, "The store " + file + " is not a regular file; name another path", null);
        }
        Path folder = folder(file);
        if (!Files.isReadable(file) || !Files.isWritable(file) || !Files.isWritable(folder)) {
            throw new StoreException(
                    Kind.INACCESSIBLE,
                    "The store " + file + " or its folder may not be read and written by this user; change their owner"
                            + " or permissions",
                    null);
        }
        if (Files.size(file) == 0) {
            throw new StoreException(
                    Kind.DAMAGED,
                    "The store " + file + " is empty; restore it from a backup, or remove it to begin a new one",
                    null);
        }
    }

    /** A new empty file, for its owner alone, beside {@code file}. */
    static Path createAside(Path file) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + "-" + UUID.randomUUID());
        return Files.createFile(fresh, OWNER_FILE);
    }

    /** Gives {@code fresh} the name {@code file} unless that name is taken, and makes the name durable. */
    static void publish(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its store is as new as ours.
            return;
        }
        try (FileChannel folder = FileChannel.open(folder(file), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
