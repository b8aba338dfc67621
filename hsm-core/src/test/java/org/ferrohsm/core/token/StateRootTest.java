// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateRootTest {
    @TempDir
    Path folder;

    private SealedStore sealed;
    private StateRoot state;

    @BeforeEach
    void open() {
        sealed = SealedStore.inMemory(folder);
        sealed.insertTokens();
        state = new StateRoot(sealed.root, sealed.random);
        write(tx -> {
            state.start(tx, SealedStore.TOKEN);
            state.start(tx, SealedStore.OTHER_TOKEN);
        });
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @Test
    void an_untouched_token_verifies_after_any_changes() {
        assertEquals(0, verify());
        add(row(1, 1, 1));
        add(row(2, 1, 2));
        add(row(3, 1, 3));
        change(row(2, 1, 2), row(2, 2, 4));
        remove(row(1, 1, 1));
        assertEquals(2, verify());
    }

    @Test
    void more_objects_than_a_page_verify() {
        write(tx -> {
            for (int i = 1; i <= 1203; i++) {
                tx.insertObject(row(i, 1, i));
                state.added(tx, row(i, 1, i));
            }
        });
        assertEquals(1203, verify());
        write(tx -> tx.deleteObject(SealedStore.TOKEN, new UUID(0, 1100)));
        assertDiffers();
    }

    @Test
    void a_removed_row_is_noticed() {
        add(row(1, 1, 1));
        add(row(2, 1, 2));
        write(tx -> tx.deleteObject(SealedStore.TOKEN, new UUID(0, 1)));
        assertDiffers();
    }

    @Test
    void a_row_put_back_is_noticed() {
        add(row(1, 1, 1));
        remove(row(1, 1, 1));
        write(tx -> tx.insertObject(row(1, 1, 1)));
        assertDiffers();
    }

    @Test
    void a_row_that_is_rolled_back_is_noticed() {
        add(row(1, 1, 1));
        change(row(1, 1, 1), row(1, 2, 2));
        overwrite(row(1, 1, 1));
        assertDiffers();
    }

    @Test
    void swapped_blobs_are_noticed() {
        add(row(1, 1, 1));
        add(row(2, 1, 2));
        overwrite(row(1, 1, 2));
        overwrite(row(2, 1, 1));
        assertDiffers();
    }

    @Test
    void a_change_of_any_column_is_noticed() {
        ObjectRow row = row(1, 1, 1);
        add(row);
        List<ObjectRow> changed = List.of(
                new ObjectRow(row.token(), row.id(), 2, row.isPrivate(), row.sealed(), row.indexes()),
                new ObjectRow(row.token(), row.id(), 1, false, row.sealed(), row.indexes()),
                new ObjectRow(row.token(), row.id(), 1, true, new byte[] {1, 0}, row.indexes()),
                new ObjectRow(row.token(), row.id(), 1, true, row.sealed(), Map.of()),
                new ObjectRow(row.token(), row.id(), 1, true, row.sealed(), Map.of(IndexColumn.LABEL, new byte[] {8})),
                new ObjectRow(row.token(), row.id(), 1, true, row.sealed(), Map.of(IndexColumn.ID, new byte[] {9})));
        for (ObjectRow other : changed) {
            overwrite(other);
            assertDiffers();
        }
        overwrite(row);
        assertEquals(1, verify());
    }

    @Test
    void any_flipped_byte_of_the_entry_is_noticed() {
        add(row(1, 1, 1));
        byte[] entry = entry(SealedStore.TOKEN);
        for (int i = 0; i < entry.length; i++) {
            byte[] changed = entry.clone();
            changed[i] ^= 1;
            put(SealedStore.TOKEN, changed);
            assertDiffers();
            assertFault(Fault.DEVICE_ERROR, () -> current(SealedStore.TOKEN));
        }
        put(SealedStore.TOKEN, Arrays.copyOf(entry, 7));
        assertDiffers();
    }

    @Test
    void an_entry_of_an_earlier_state_is_noticed() {
        add(row(1, 1, 1));
        byte[] entry = entry(SealedStore.TOKEN);
        add(row(2, 1, 2));
        put(SealedStore.TOKEN, entry);
        assertDiffers();
    }

    @Test
    void an_entry_of_another_token_is_noticed() {
        put(SealedStore.TOKEN, entry(SealedStore.OTHER_TOKEN));
        assertDiffers();
    }

    @Test
    void an_entry_that_was_taken_away_is_noticed() {
        write(tx -> tx.removeEntry(SealedStore.TOKEN, "state"));
        assertDiffers();
        assertFault(Fault.DEVICE_ERROR, () -> add(row(1, 1, 1)));
    }

    @Test
    void a_change_whose_transaction_fails_leaves_the_root_as_it_was() {
        add(row(1, 1, 1));
        byte[] before = current(SealedStore.TOKEN);
        assertThrows(
                IllegalStateException.class,
                () -> write(tx -> {
                    tx.insertObject(row(2, 1, 2));
                    state.added(tx, row(2, 1, 2));
                    throw new IllegalStateException("undone");
                }));
        assertArrayEquals(before, current(SealedStore.TOKEN));
        assertEquals(1, verify());
    }

    @Test
    void clearing_a_token_leaves_nothing_to_verify() {
        add(row(1, 1, 1));
        write(tx -> {
            tx.deleteObjects(SealedStore.TOKEN);
            state.cleared(tx, SealedStore.TOKEN);
        });
        assertEquals(0, verify());
    }

    @Test
    void the_root_of_each_moment_is_another_even_where_the_objects_are_the_same() {
        Set<String> roots = new HashSet<>();
        roots.add(hex(current(SealedStore.OTHER_TOKEN)));
        roots.add(hex(current(SealedStore.TOKEN)));
        add(row(1, 1, 1));
        roots.add(hex(current(SealedStore.TOKEN)));
        remove(row(1, 1, 1));
        roots.add(hex(current(SealedStore.TOKEN)));
        add(row(1, 1, 1));
        roots.add(hex(current(SealedStore.TOKEN)));
        assertEquals(5, roots.size());
    }

    @Test
    void the_root_stays_the_same_until_something_changes() {
        add(row(1, 1, 1));
        assertArrayEquals(current(SealedStore.TOKEN), current(SealedStore.TOKEN));
        assertEquals(32, current(SealedStore.TOKEN).length);
    }

    @Property(tries = 200)
    void adding_and_taking_away_is_arithmetic_modulo_2_to_the_256(
            @ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
        StateRow start = StateRow.EMPTY.plus(one);
        BigInteger expected =
                new BigInteger(1, one).add(new BigInteger(1, other)).mod(BigInteger.TWO.pow(256));
        assertEquals(expected, new BigInteger(1, start.plus(other).sum()));
        assertArrayEquals(one, start.plus(other).minus(other).sum());
        assertArrayEquals(new byte[32], start.minus(one).sum());
    }

    private void add(ObjectRow row) {
        write(tx -> {
            tx.insertObject(row);
            state.added(tx, row);
        });
    }

    private void change(ObjectRow before, ObjectRow after) {
        write(tx -> {
            tx.updateObject(after);
            state.changed(tx, before, after);
        });
    }

    private void remove(ObjectRow row) {
        write(tx -> {
            tx.deleteObject(row.token(), row.id());
            state.removed(tx, row);
        });
    }

    /** Changes the store behind the back of its writer. */
    private void overwrite(ObjectRow row) {
        write(tx -> {
            tx.deleteObject(row.token(), row.id());
            tx.insertObject(row);
        });
    }

    private void put(UUID token, byte[] entry) {
        write(tx -> tx.putEntry(token, "state", entry));
    }

    private byte[] entry(UUID token) {
        return sealed.store.read(reader -> reader.entry(token, "state")).orElseThrow();
    }

    private byte[] current(UUID token) {
        return sealed.store.read(reader -> state.current(reader, token));
    }

    private long verify() {
        return sealed.store.read(reader -> state.verify(reader, SealedStore.TOKEN));
    }

    private void assertDiffers() {
        assertFault(Fault.DEVICE_ERROR, this::verify);
    }

    private void write(Consumer<StoreWriter> work) {
        sealed.store.write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static ObjectRow row(long id, long version, long content) {
        return new ObjectRow(
                SealedStore.TOKEN,
                new UUID(0, id),
                version,
                true,
                ByteBuffer.allocate(8).putLong(content).array(),
                Map.of(IndexColumn.LABEL, new byte[] {9}));
    }
}
