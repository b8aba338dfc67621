// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.sqlite;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * The store's revision in 24 bytes of memory that every process maps: magic, the bell's own id, and the bell word. The
 * database keeps the same revision in a row that every changing transaction raises by one; that row is the truth, the bell
 * only spares asking for it.
 *
 * <p>The word is {@code 2 r} when revision {@code r} is committed and nothing is under way, and {@code 2 r + 1} from just before
 * the commit of {@code r + 1} until just after it. A reader of an odd word does not know which of the two holds and asks the
 * database, so a writer that dies in between harms nobody: the word stays odd, and readers are slow but right, until the next
 * writer has finished. The process that is itself committing need not ask: until its commit is acknowledged the old
 * revision is a right answer, and if it dies none of its readers is left.
 *
 * <p>{@link #announce} runs with the database's write lock held, {@link #settle} after the commit has released it. By then
 * another writer may have announced; settling is therefore a compare-and-set that does nothing to a word that is no longer its
 * own. {@code docs/adr/0002-revision-bell.md} weighs this against other designs.
 */
final class RevisionBell {
    /** What {@link #revision} returns when only the database knows. */
    static final long IN_DOUBT = -1;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long MAGIC = 0x4648534D42454C31L;
    private static final int ID_OFFSET = 8;
    private static final int WORD_OFFSET = 16;
    private static final int SIZE = 24;
    private static final long NOTHING = 0;

    private final MappedByteBuffer memory;
    private final long id;

    /** The odd word of the commit that this object has under way, {@link #NOTHING} if none. */
    private volatile long announced = NOTHING;

    private RevisionBell(MappedByteBuffer memory, long id) {
        this.memory = memory;
        this.id = id;
    }

    /** Maps the bell of this id; empty if the file is missing or another. */
    static Optional<RevisionBell> map(Path file, long id) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() != SIZE) {
                return Optional.empty();
            }
            MappedByteBuffer memory = channel.map(MapMode.READ_WRITE, 0, SIZE);
            RevisionBell bell = new RevisionBell(memory, id);
            boolean ours = get(memory, 0) == MAGIC && get(memory, ID_OFFSET) == id;
            return ours ? Optional.of(bell) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a new bell in place of whatever is there, in full or not at all. Written, not truncated to size, so that its block
     * exists and a full volume is noticed here and not by a fault on the mapped page.
     */
    static void create(Path file, long id, long revision, Set<PosixFilePermission> mode) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
        bytes.putLong(MAGIC).putLong(id).putLong(2 * revision).flip();
        Path fresh = StoreFiles.createAside(file);
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(fresh, mode);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** The committed revision, or {@link #IN_DOUBT}. */
    long revision() {
        try {
            if (get(memory, ID_OFFSET) != id) {
                return IN_DOUBT;
            }
            long word = get(memory, WORD_OFFSET);
            return (word & 1) == 0 || word == announced ? word >>> 1 : IN_DOUBT;
        } catch (InternalError e) {
            // Somebody truncated the file; where the JVM says so at once, the database can still be asked.
            return IN_DOUBT;
        }
    }

    /** Says that {@code revision} is about to be committed; the caller holds the write lock. */
    void announce(long revision) {
        long word = 2 * revision - 1;
        announced = word;
        LONGS.setVolatile(memory, WORD_OFFSET, word);
    }

    /** Says that the announced revision is committed. */
    void settle() {
        long word = announced;
        LONGS.compareAndSet(memory, WORD_OFFSET, word, word + 1);
        announced = NOTHING;
    }

    /** Says that it is not known whether the announced revision was committed: everybody must ask the database. */
    void abandon() {
        announced = NOTHING;
    }

    private static long get(MappedByteBuffer memory, int offset) {
        return (long) LONGS.getVolatile(memory, offset);
    }
}
