// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ferrohsm.core.audit.CheckpointFile;
import org.ferrohsm.core.audit.Evidence;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.tlog.NoteException;
import org.ferrohsm.core.tlog.NoteKey;
import org.ferrohsm.core.tlog.NoteVerifier;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor brings along. Reading throws ARGUMENTS_BAD where a file is not what it is said to be.
 *
 * @param keyFile the log's verification key, null for none
 * @param checkpointKeys a file of verifier keys, one on each line, null to trust what the log says
 * @param anchors files of checkpoints that were kept elsewhere
 */
public record AuditEvidence(
        @Nullable Path keyFile, @Nullable Path checkpointKeys, List<Path> anchors) {
    /** Runs {@code work} with the files opened. */
    <T> T use(Function<Evidence, T> work) {
        List<CheckpointFile> files = new ArrayList<>();
        try {
            for (Path anchor : anchors) {
                files.add(openFile(anchor));
            }
            List<NoteKey> keys = checkpointKeys == null ? List.of() : keys(checkpointKeys);
            return work.apply(new Evidence(new NoteVerifier(new Engines()), keys, files));
        } finally {
            files.forEach(CheckpointFile::close);
        }
    }

    private static CheckpointFile openFile(Path file) {
        try {
            return new CheckpointFile(file);
        } catch (IOException e) {
            throw Fault.ARGUMENTS_BAD.because(
                    "cannot read the checkpoints in " + file + ": check its path and mode", e);
        }
    }

    /** The verifier keys in a file. */
    public static List<NoteKey> keys(Path file) {
        try {
            List<NoteKey> keys = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    keys.add(NoteKey.parse(line));
                }
            }
            if (keys.isEmpty()) {
                throw Fault.ARGUMENTS_BAD.because(file + " holds no verifier key");
            }
            return keys;
        } catch (NoteException | IOException | UncheckedIOException e) {
            throw Fault.ARGUMENTS_BAD.because("cannot read the verifier keys in " + file + ": " + e.getMessage(), e);
        }
    }
}
