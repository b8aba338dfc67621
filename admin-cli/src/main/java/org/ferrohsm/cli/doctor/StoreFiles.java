// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.ferrohsm.core.boot.HsmConfig;

/** Looks at the files of a store and its seal key from outside: are they there, and who may read them? */
public final class StoreFiles {
    private static final String SQLITE = "sqlite:";
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final HsmConfig config;

    public StoreFiles(HsmConfig config) {
        this.config = config;
    }

    /** Whether the store has been made. One that is no file is always there. */
    public boolean exist() {
        return !config.store().startsWith(SQLITE) || Files.exists(database());
    }

    /** Everything found. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "configuration", config.file() == null ? "none, all defaults" : String.valueOf(config.file())));
        if (!config.store().startsWith(SQLITE)) {
            findings.add(Finding.warning(
                    "store", config.store() + " ends with its process", "set store to sqlite:PATH to keep keys"));
        } else if (Files.exists(database())) {
            findings.add(permissions("store file", database()));
        } else {
            findings.add(place("store file", database()));
        }
        Path seal = config.sealKeyFile();
        if (Files.exists(seal)) {
            findings.add(permissions("seal key", seal));
        } else if (exist()) {
            findings.add(Finding.error(
                    "seal key",
                    seal + " is missing: the store cannot be opened",
                    "put back the seal key of this store, or set seal.key.file to where it is"));
        } else {
            findings.add(place("seal key", seal));
        }
        return findings;
    }

    private Path database() {
        return Path.of(config.store().substring(SQLITE.length()));
    }

    private static Finding permissions(String check, Path file) {
        if (!Files.isReadable(file)) {
            return Finding.error(check, file + " cannot be read", "run this as the user whose file it is");
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            String mode = file + ", " + PosixFilePermissions.toString(permissions);
            if (permissions.stream().noneMatch(OTHERS::contains)) {
                return Finding.ok(check, mode);
            }
            return Finding.warning(check, mode + ": others may get at it", "chmod 600 " + file);
        } catch (IOException | UnsupportedOperationException e) {
            return Finding.error(check, file + ": " + e.getMessage(), "move it to a local file system");
        }
    }

    private static Finding place(String check, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        if (folder != null && Files.isWritable(folder) && Files.isDirectory(folder)) {
            return Finding.ok(check, file + " is made on first use");
        }
        return Finding.error(
                check,
                file + " does not exist and cannot be made in " + folder,
                "make its folder, writable for the user who runs this, or name another place in the configuration");
    }
}
