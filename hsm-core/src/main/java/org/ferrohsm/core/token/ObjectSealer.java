// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.seal.Binding;
import org.ferrohsm.core.seal.Envelope;
import org.ferrohsm.core.seal.Hkdf;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;

/**
 * Turns objects into rows and back: all attributes in one envelope under a key of this version of this object alone,
 * bound to everything else in the row.
 */
public final class ObjectSealer {
    private static final byte[] NO_CLASS = new byte[0];

    private final SecureRandom random;

    /** Takes nonces from {@code random}. */
    public ObjectSealer(SecureRandom random) {
        this.random = random;
    }

    /**
     * The object's row.
     *
     * @throws HsmException USER_NOT_LOGGED_IN if the object is private and {@code keys} are those from before a login
     */
    public ObjectRow seal(HsmObject object, TokenKeys keys) {
        Map<IndexColumn, byte[]> columns = BlindIndex.columns(keys, object.attributes()::get);
        byte[] plaintext = ObjectCodec.encode(object.attributes(), object.secrets());
        byte[] aad = associated(keys.token(), keys, object.id(), object.version(), object.isPrivate(), columns);
        try (SecretBytes key = objectKey(keys, object.id(), object.version(), object.isPrivate())) {
            byte[] sealed = Envelope.seal(key, aad, plaintext, random);
            return new ObjectRow(keys.token(), object.id(), object.version(), object.isPrivate(), sealed, columns);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /**
     * The object in {@code row}.
     *
     * @throws HsmException DEVICE_ERROR if any byte of the row is not as it was sealed, or it is another token's;
     *     USER_NOT_LOGGED_IN if the row is marked private and {@code keys} are those from before a login
     */
    public HsmObject open(ObjectRow row, TokenKeys keys) {
        byte[] aad = associated(row.token(), keys, row.id(), row.version(), row.isPrivate(), row.indexes());
        byte[] plaintext;
        try (SecretBytes key = objectKey(keys, row.id(), row.version(), row.isPrivate())) {
            plaintext = Envelope.open(key, aad, row.sealed(), "object " + row.id());
        }
        HsmObject object;
        try {
            object = ObjectCodec.decode(row.id(), row.version(), plaintext);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
        if (object.isPrivate() != row.isPrivate()
                || !same(BlindIndex.columns(keys, object.attributes()::get), row.indexes())) {
            object.close();
            throw Fault.DEVICE_ERROR.because(
                    "object " + row.id() + " is not what its row says: the store has been changed or damaged");
        }
        return object;
    }

    private static SecretBytes objectKey(TokenKeys keys, UUID id, long version, boolean isPrivate) {
        return Hkdf.key(
                keys.forObjects(isPrivate),
                Binding.of("ferrohsm object").with(id).with(version));
    }

    /** The class, which is secret until the object is open, takes part as its blind index. */
    private static byte[] associated(
            UUID token, TokenKeys keys, UUID id, long version, boolean isPrivate, Map<IndexColumn, byte[]> columns) {
        return Binding.of("ferrohsm object row")
                .with(token)
                .with(id)
                .with(columns.getOrDefault(IndexColumn.OBJECT_CLASS, NO_CLASS))
                .with(isPrivate)
                .with(version)
                .with(profile(keys))
                .bytes();
    }

    /**
     * The profile takes part, so that no object is opened under another than it was made under: whoever puts an older row
     * of the token back gets no weaker rules for its keys. The default's is empty, as it was before there were profiles.
     */
    private static byte[] profile(TokenKeys keys) {
        Profile profile = keys.initialisation().profile();
        return profile == Profile.DEFAULT ? new byte[0] : new byte[] {(byte) profile.code()};
    }

    private static boolean same(Map<IndexColumn, byte[]> expected, Map<IndexColumn, byte[]> found) {
        return expected.keySet().equals(found.keySet())
                && expected.keySet().stream()
                        .allMatch(column -> Arrays.equals(expected.get(column), found.get(column)));
    }
}
