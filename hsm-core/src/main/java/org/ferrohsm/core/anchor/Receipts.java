// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.ferrohsm.core.audit.AnchorException;

/** What an anchor gives in return for a checkpoint, in a folder of its own, a file for each. */
final class Receipts {
    private final Path folder;

    Receipts(Path folder) {
        this.folder = folder;
    }

    /** Keeps a receipt durably under the checkpoint's number of records. */
    void keep(long size, String kind, byte[] receipt) throws AnchorException {
        Path file = folder.resolve(String.format("%020d.%s", size, kind));
        Path partial = folder.resolve(file.getFileName() + ".partial");
        try {
            Files.createDirectories(folder);
            Files.write(partial, receipt);
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new AnchorException("cannot write the receipt " + file + ": " + e.getMessage(), e);
        }
    }
}
