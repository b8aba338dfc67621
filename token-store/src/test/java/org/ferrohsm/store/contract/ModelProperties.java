// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.ferrohsm.store.api.StoreConflictException;
import org.ferrohsm.store.api.TokenStore;

/** Random transactions on a store and on its {@link StoreModel}: both must take them alike and then hold the same. */
public abstract class ModelProperties {
    /** Some changes, and whether an exception ends them. */
    record Transaction(List<Change> changes, boolean abort) {}

    private static final class Abort extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A store to begin with, empty; the property closes it. */
    protected abstract TokenStore open() throws IOException;

    @Property(tries = 200)
    void a_store_behaves_as_its_model(@ForAll("transactions") List<Transaction> transactions) throws IOException {
        try (TokenStore store = open()) {
            StoreModel model = new StoreModel();
            for (Transaction transaction : transactions) {
                StoreModel next = new StoreModel(model);
                boolean commits = transaction.changes().stream().allMatch(next::apply) && !transaction.abort();
                long before = store.revision();
                assertEquals(commits, run(store, transaction));
                boolean changes = commits && next.changes() != model.changes();
                assertEquals(changes, store.revision() != before);
                model = commits ? next : model;
                StoreModel expected = model;
                store.read(reader -> {
                    expected.assertHeldBy(reader);
                    return true;
                });
            }
        }
    }

    @Provide
    Arbitrary<List<Transaction>> transactions() {
        Arbitrary<Change> change = Combinators.combine(
                        Arbitraries.of(Change.Kind.class),
                        below(Change.TOKENS),
                        below(Change.NUMBERS),
                        below(Change.VALUES))
                .as(Change::new);
        Arbitrary<Boolean> abort = Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true));
        return Combinators.combine(change.list().ofMinSize(1).ofMaxSize(6), abort)
                .as(Transaction::new)
                .list()
                .ofMaxSize(30);
    }

    private static Arbitrary<Integer> below(int bound) {
        return Arbitraries.integers().between(0, bound - 1);
    }

    /** Whether the transaction was committed. */
    private static boolean run(TokenStore store, Transaction transaction) {
        try {
            return store.write(writer -> {
                transaction.changes().forEach(change -> change.applyTo(writer));
                if (transaction.abort()) {
                    throw new Abort();
                }
                return true;
            });
        } catch (StoreConflictException | Abort e) {
            return false;
        }
    }
}
