// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.HmacSha256;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.RootLabel;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.StoreWriter;

/**
 * What a token's objects are as a whole, in one entry that every change of an object updates in its own transaction at a
 * cost that does not grow with their number: a keyed hash of the set of rows, their count, and how often it changed.
 *
 * <p>Each row has a code under the root's state key; the codes are added modulo 2^256. Their sum is sealed, because who
 * saw sums could look for another set of old rows with the same one (docs/adr/0004-state-root.md).
 */
public final class StateRoot {
    private static final int PAGE = 500;

    private final RootKey root;
    private final SecureRandom random;

    /** Keyed by {@code root}, with nonces from {@code random}. */
    public StateRoot(RootKey root, SecureRandom random) {
        this.root = root;
        this.random = random;
    }

    /** Starts a new token's root, with no objects. */
    public void start(StoreWriter tx, UUID token) {
        StateRow.EMPTY.write(tx, token, key(), random);
    }

    /** Takes up a row that has been inserted. */
    public void added(StoreWriter tx, ObjectRow row) {
        read(tx, row.token()).plus(code(row)).next(1).write(tx, row.token(), key(), random);
    }

    /** Takes up a row that has replaced {@code before}. */
    public void changed(StoreWriter tx, ObjectRow before, ObjectRow after) {
        read(tx, after.token()).minus(code(before)).plus(code(after)).next(0).write(tx, after.token(), key(), random);
    }

    /** Lets go of a row that has been removed. */
    public void removed(StoreWriter tx, ObjectRow row) {
        read(tx, row.token()).minus(code(row)).next(-1).write(tx, row.token(), key(), random);
    }

    /** Lets go of all rows: the token's objects have been removed. */
    public void cleared(StoreWriter tx, UUID token) {
        read(tx, token).cleared().write(tx, token, key(), random);
    }

    /**
     * Thirty-two bytes that stand for the token's objects and their history, for audit records: another state, another
     * value; nothing can be learned from it.
     *
     * @throws HsmException DEVICE_ERROR if the entry has been changed, damaged or removed
     */
    public byte[] current(StoreReader reader, UUID token) {
        return HmacSha256.of(
                key(),
                read(reader, token).bytes(Binding.of("ferrohsm state root").with(token)));
    }

    /**
     * Reads every object of the token and compares.
     *
     * @return how many objects there are
     * @throws HsmException DEVICE_ERROR if a row has been changed, swapped, added, removed or rolled back, or the entry
     *     has
     */
    public long verify(StoreReader reader, UUID token) {
        StateRow found = StateRow.EMPTY;
        long after = 0;
        List<ObjectPosition> page;
        do {
            page = reader.findObjects(token, Map.of(), after, PAGE);
            for (ObjectPosition position : page) {
                after = position.position();
                ObjectRow row = reader.object(token, position.id()).orElseThrow(() -> differs(token));
                found = found.plus(code(row)).next(1);
            }
        } while (page.size() == PAGE);
        if (!found.sameObjects(read(reader, token))) {
            throw differs(token);
        }
        return found.objects();
    }

    private StateRow read(StoreReader reader, UUID token) {
        return StateRow.read(reader, token, key());
    }

    private byte[] code(ObjectRow row) {
        Binding fields = Binding.of("ferrohsm state of object")
                .with(row.token())
                .with(row.id())
                .with(row.version())
                .with(row.isPrivate())
                .with(row.sealed());
        for (IndexColumn column : IndexColumn.values()) {
            byte[] value = row.indexes().get(column);
            fields.with(value != null).with(value == null ? new byte[0] : value);
        }
        return HmacSha256.of(key(), fields.bytes());
    }

    private SecretBytes key() {
        return root.key(RootLabel.STATE);
    }

    private static HsmException differs(UUID token) {
        return Fault.DEVICE_ERROR.because("the objects of token " + token
                + " are not those that it was left with: an object has been changed, removed or put back; restore the"
                + " store from a backup");
    }
}
