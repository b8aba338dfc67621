// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * A log's MAC key as a verifier holds it: that of epoch 0 for the whole log, or of a later one for what follows. The first
 * is written to a file once, when the log is created, and belongs in the auditor's hands: whoever holds it can make MACs.
 */
public final class VerificationKey implements AutoCloseable {
    private static final int MAX_FILE = 1024;
    private static final Pattern FILE = Pattern.compile("""
            ferrohsm-audit-verification-key 1
            log ([0-9a-f-]{36})
            epoch ([0-9]{1,15})
            key ([0-9a-f]{64})
            """);

    private final UUID log;
    private final EpochKey key;

    /** Takes the key over. */
    VerificationKey(UUID log, EpochKey key) {
        this.log = log;
        this.key = key;
    }

    /** The log whose MACs it checks. */
    public UUID log() {
        return log;
    }

    /** The epoch from which on it checks them. */
    public long epoch() {
        return key.epoch();
    }

    EpochKey key() {
        return key;
    }

    /** The name of the file that holds a log's first key. */
    public static String fileName(UUID log) {
        return "audit-" + log + ".key";
    }

    /**
     * Reads a key file.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD if it is none or cannot be read
     */
    public static VerificationKey read(Path file) {
        byte[] content = new byte[0];
        try {
            if (Files.size(file) > MAX_FILE) {
                throw Fault.ARGUMENTS_BAD.because(file + " is no audit verification key");
            }
            content = Files.readAllBytes(file);
            Matcher matcher = FILE.matcher(new String(content, US_ASCII));
            if (!matcher.matches()) {
                throw Fault.ARGUMENTS_BAD.because(file + " is no audit verification key");
            }
            SecretBytes key = SecretBytes.adopt(HexFormat.of().parseHex(matcher.group(3)));
            return new VerificationKey(
                    UUID.fromString(matcher.group(1)), new EpochKey(Long.parseLong(matcher.group(2)), key));
        } catch (IOException e) {
            throw Fault.ARGUMENTS_BAD.because("cannot read the audit verification key " + file, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Writes the key durably to a new file, readable by its owner alone; returns the file. */
    Path write(Path folder) {
        Path file = folder.resolve(fileName(log));
        byte[] content = key.bytes()
                .use(bytes -> ("ferrohsm-audit-verification-key 1\nlog " + log + "\nepoch " + key.epoch() + "\nkey "
                                + HexFormat.of().formatHex(bytes) + "\n")
                        .getBytes(US_ASCII));
        try {
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(CREATE_NEW, WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            try (FileChannel directory = FileChannel.open(folder, READ)) {
                directory.force(true);
            }
            return file;
        } catch (IOException e) {
            throw Fault.DEVICE_ERROR.because("cannot write the audit verification key " + file, e);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Removes the key file of a log that did not come to be. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Fault.DEVICE_ERROR.because("cannot remove the unused audit verification key " + file, e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
