// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.ferrohsm.store.contract.Samples.audit;
import static org.ferrohsm.store.contract.Samples.bytes;
import static org.ferrohsm.store.contract.Samples.object;
import static org.ferrohsm.store.contract.Samples.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.Scopes;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;
import org.ferrohsm.store.api.TokenRow;
import org.junit.jupiter.api.Test;

/** The number that tells of commits. */
public interface RevisionContract extends StoreFixture {
    @Test
    default void every_kind_of_change_gives_a_revision_never_seen_before() {
        TokenRow token = token(1);
        TokenRow other = token(2);
        ObjectRow object = object(token);
        List<Consumer<StoreWriter>> changes = List.of(
                writer -> writer.putEntry(Scopes.STORE, "name", bytes("value")),
                writer -> writer.removeEntry(Scopes.STORE, "name"),
                writer -> writer.insertToken(token),
                writer -> writer.insertToken(other),
                writer -> writer.updateToken(token),
                writer -> writer.insertObject(object),
                writer -> writer.updateObject(Samples.next(object, "next")),
                writer -> writer.deleteObject(token.id(), object.id()),
                writer -> writer.insertObject(object),
                writer -> writer.deleteObjects(token.id()),
                writer -> writer.deleteToken(token.id()),
                writer -> writer.appendAudit(audit(0)));
        Set<Long> seen = new HashSet<>();
        seen.add(store().revision());
        for (Consumer<StoreWriter> change : changes) {
            change(change);
            assertTrue(seen.add(store().revision()), "seen before: " + store().revision());
        }
    }

    @Test
    default void reading_does_not_change_the_revision() {
        change(writer -> writer.insertToken(token(1)));
        long before = store().revision();
        store().read(StoreReader::tokens);
        assertEquals(before, store().revision());
    }

    @Test
    default void a_write_that_changes_nothing_does_not_change_the_revision() {
        TokenRow token = token(1);
        change(writer -> writer.insertToken(token));
        long before = store().revision();
        change(writer -> {
            writer.removeEntry(Scopes.STORE, "none");
            writer.deleteObject(token.id(), token.id());
            writer.deleteObjects(token.id());
            writer.deleteToken(Scopes.STORE);
        });
        assertEquals(before, store().revision());
    }

    @Test
    default void an_undone_write_does_not_change_the_revision() {
        long before = store().revision();
        assertThrows(
                UnsupportedOperationException.class,
                () -> change(writer -> {
                    writer.insertToken(token(1));
                    throw new UnsupportedOperationException("on purpose");
                }));
        assertEquals(before, store().revision());
    }

    @Test
    default void the_revision_can_be_asked_inside_transactions() {
        long before = store().revision();
        store().read(reader -> {
            assertEquals(before, store().revision());
            return true;
        });
        change(writer -> {
            writer.insertToken(token(1));
            assertEquals(before, store().revision());
        });
    }
}
