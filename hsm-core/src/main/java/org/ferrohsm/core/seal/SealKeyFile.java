// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.seal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.SecretBytes;

/** The seal key in a file that only its owner can read; {@link SealKeyText} is its content. */
public final class SealKeyFile implements SealKeySource {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path file;

    /** The key in {@code file}; nothing is read yet. */
    public SealKeyFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public String location() {
        return file.toString();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A file that somebody else may read or write, that is no plain file, or that is damaged is refused.
     */
    @Override
    public SealKey load() {
        try {
            return read();
        } catch (NoSuchFileException e) {
            throw Fault.GENERAL_ERROR.because(
                    "there is no seal key at " + file + ": put it back from your backup, or name its place", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A new file has mode 0600; folders that are missing are made with mode 0700. It appears whole or not at all.
     */
    @Override
    public SealKey loadOrCreate(SecureRandom random) {
        try {
            return read();
        } catch (NoSuchFileException e) {
            create(random);
            return load();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SealKey read() throws IOException {
        PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
        if (!found.isRegularFile()) {
            throw Fault.GENERAL_ERROR.because("the seal key " + file + " is no plain file: name another place");
        }
        Set<PosixFilePermission> mode = found.permissions();
        if (mode.stream().anyMatch(OTHERS::contains)) {
            throw Fault.GENERAL_ERROR.because("the seal key " + file + " is open to other users ("
                    + PosixFilePermissions.toString(mode) + "): if nobody has read it, run chmod 600 " + file);
        }
        byte[] text;
        try (InputStream in = Files.newInputStream(file)) {
            text = in.readNBytes(SealKeyText.LENGTH + 1);
        }
        try {
            return new SealKey(SealKeyText.parse(text, file), location());
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private void create(SecureRandom random) {
        Path folder = file.getParent();
        if (folder == null) {
            throw Fault.GENERAL_ERROR.because("the seal key cannot be " + file + ": name a file");
        }
        Path temporary = folder.resolve("." + file.getFileName() + "." + Long.toHexString(random.nextLong()));
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
            if (mode.stream().anyMatch(WRITABLE_BY_OTHERS::contains)) {
                throw Fault.GENERAL_ERROR.because("other users may write into " + folder + " ("
                        + PosixFilePermissions.toString(mode) + "), where the seal key is to be made: run chmod go-w "
                        + folder + ", or name another place");
            }
            try {
                writeNew(temporary, random);
                Files.createLink(file, temporary);
            } finally {
                Files.deleteIfExists(temporary);
            }
            flushFolder(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.exists(file)) {
                throw unwritable(e);
            }
            // Another process made it first; both use its key.
        } catch (IOException | UnsupportedOperationException e) {
            throw unwritable(e);
        }
    }

    private static void writeNew(Path temporary, SecureRandom random) throws IOException {
        byte[] text;
        try (SecretBytes key = SecretBytes.random(SealKey.LENGTH, random)) {
            text = SealKeyText.format(key);
        }
        try (FileChannel channel = FileChannel.open(
                temporary,
                EnumSet.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static void flushFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private HsmException unreadable(IOException cause) {
        return Fault.GENERAL_ERROR.because(
                "the seal key " + file + " cannot be read (" + cause + "): check its owner and its mode", cause);
    }

    private HsmException unwritable(Exception cause) {
        return Fault.GENERAL_ERROR.because(
                "the seal key cannot be made at " + file + " (" + cause
                        + "): name a place on a local file system that this user can write to",
                cause);
    }
}
