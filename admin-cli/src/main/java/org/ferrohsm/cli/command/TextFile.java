// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;

/** Small files that operators hand over. */
final class TextFile {
    private static final int MAX = 1 << 20;

    private TextFile() {}

    static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX) {
                throw new CliException(ExitCode.USAGE, file + " is too long for what it should hold");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CliException(ExitCode.NOT_FOUND, file + " cannot be read: check its path and mode");
        }
    }

    static String text(Path file) {
        return new String(read(file), StandardCharsets.UTF_8);
    }

    /** Writes a new file; what is there already stays. */
    static void write(Path file, String text, boolean secret) {
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"));
        try {
            Files.createFile(file, mode);
            Files.writeString(file, text, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new CliException(ExitCode.USAGE, file + " is there already: name a new file");
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE, "cannot write " + file + ": name a new file in a folder that you may write to");
        }
    }
}
