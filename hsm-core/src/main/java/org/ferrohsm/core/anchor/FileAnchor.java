// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.audit.AnchorException;
import org.ferrohsm.core.tlog.SignedNote;

/**
 * A file that only grows: notes one after the other, an empty line between them. It proves something where this machine can
 * append to it and do no more (another machine's volume, {@code chattr +a}).
 */
final class FileAnchor implements Anchor {
    private final String name;
    private final Path file;

    FileAnchor(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void keep(Statement statement) throws AnchorException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid()
                    && sizeOfLast(channel, statement.checkpoint().origin())
                            < statement.checkpoint().size()) {
                ByteBuffer note = UTF_8.encode(statement.note().format() + "\n");
                channel.position(channel.size());
                while (note.hasRemaining()) {
                    channel.write(note);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new AnchorException("cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    /** How many records the last checkpoint of this log in the file covers, 0 if it has none. */
    private static long sizeOfLast(FileChannel channel, String origin) throws IOException {
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(channel.size(), 2L * SignedNote.MAX_LENGTH));
        long at = channel.size() - tail.capacity();
        while (tail.hasRemaining() && channel.read(tail, at + tail.position()) >= 0) {
            // Read until it is full.
        }
        String text = UTF_8.decode(tail.flip()).toString();
        int last = ("\n" + text).lastIndexOf("\n" + origin + "\n");
        return last < 0
                ? 0
                : text.substring(last)
                        .lines()
                        .skip(1)
                        .findFirst()
                        .map(Long::parseLong)
                        .orElse(0L);
    }
}
