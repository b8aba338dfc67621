// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.SignedNote;
import org.jspecify.annotations.Nullable;

/**
 * Signed notes one after the other in a file, with or without empty lines between them, as the anchor in a file keeps them.
 * {@link UncheckedIOException} where the file cannot be read.
 */
public final class CheckpointFile implements AutoCloseable {
    private static final String SIGNATURE = "\u2014 ";

    private final Path file;
    private final BufferedReader lines;
    private @Nullable String ahead;

    /** Opens a file. */
    public CheckpointFile(Path file) throws IOException {
        this.file = file;
        this.lines = Files.newBufferedReader(file, UTF_8);
    }

    /** The file's name, for messages. */
    String name() {
        return file.toString();
    }

    /**
     * The next note, null at the end.
     *
     * @throws NoteException if what comes next is none
     */
    @Nullable
    SignedNote next() throws NoteException {
        try {
            StringBuilder note = new StringBuilder();
            boolean signed = false;
            String line = ahead == null ? lines.readLine() : ahead;
            ahead = null;
            while (line != null && line.isEmpty()) {
                line = lines.readLine();
            }
            while (line != null && (line.startsWith(SIGNATURE) || !signed)) {
                signed |= line.startsWith(SIGNATURE);
                if (note.append(line).append('\n').length() > SignedNote.MAX_LENGTH) {
                    throw new NoteException("a note that is too long");
                }
                line = lines.readLine();
            }
            ahead = line;
            return note.length() == 0 ? null : SignedNote.parse(note.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
