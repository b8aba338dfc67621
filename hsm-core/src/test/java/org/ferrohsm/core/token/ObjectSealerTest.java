// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectRow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectSealerTest {
    private static final UUID ID = new UUID(5, 6);

    @TempDir
    Path folder;

    private SealedStore sealed;
    private TokenKeys keys;
    private TokenKeys otherKeys;
    private ObjectSealer sealer;

    @BeforeEach
    void open() {
        sealed = SealedStore.inMemory(folder);
        keys = sealed.keys(SealedStore.TOKEN);
        otherKeys = sealed.keys(SealedStore.OTHER_TOKEN);
        sealer = new ObjectSealer(sealed.random);
    }

    @AfterEach
    void close() {
        keys.close();
        otherKeys.close();
        sealed.close();
    }

    @Test
    void what_was_sealed_opens_to_the_same_object() {
        ObjectArbitraries.objects()
                .sampleStream()
                .limit(300)
                .forEach(object -> ObjectCodecTest.assertSame(object, sealer.open(sealer.seal(object, keys), keys)));
    }

    @Test
    void the_row_says_whose_object_it_is() {
        ObjectRow row = sealer.seal(key("k", 7, true), keys);
        assertEquals(SealedStore.TOKEN, row.token());
        assertEquals(ID, row.id());
        assertEquals(7, row.version());
        assertEquals(true, row.isPrivate());
        assertEquals(
                Map.of(), without(row.indexes(), IndexColumn.OBJECT_CLASS, IndexColumn.KEY_TYPE, IndexColumn.LABEL));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_flipped_byte_of_the_sealed_attributes_is_a_device_error(boolean isPrivate) {
        ObjectRow row = sealer.seal(key("k", 1, isPrivate), keys);
        for (int i = 0; i < row.sealed().length; i++) {
            byte[] changed = row.sealed().clone();
            changed[i] ^= 1;
            assertRefused(withSealed(row, changed));
        }
        for (int length = 0; length < row.sealed().length; length++) {
            assertRefused(withSealed(row, Arrays.copyOf(row.sealed(), length)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void any_change_of_an_index_column_is_a_device_error(IndexColumn column) {
        ObjectRow row = sealer.seal(certificate("k"), keys);
        byte[] value = Objects.requireNonNull(row.indexes().get(column));
        for (int i = 0; i < value.length; i++) {
            byte[] changed = value.clone();
            changed[i] ^= 1;
            assertRefused(withIndexes(row, with(row.indexes(), column, changed)));
        }
        assertRefused(withIndexes(row, with(row.indexes(), column, new byte[0])));
        assertRefused(withIndexes(row, without(row.indexes(), column)));
    }

    @Test
    void an_index_column_for_an_attribute_that_is_not_there_is_a_device_error() {
        ObjectRow row = sealer.seal(key("k", 1, true), keys);
        assertRefused(withIndexes(row, with(row.indexes(), IndexColumn.ID, new byte[16])));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void any_change_of_the_other_columns_is_a_device_error(boolean isPrivate) {
        ObjectRow row = sealer.seal(key("k", 1, isPrivate), keys);
        for (int bit = 0; bit < 64; bit++) {
            long flip = 1L << bit;
            UUID token = row.token();
            UUID id = row.id();
            assertRefused(
                    row(new UUID(token.getMostSignificantBits() ^ flip, token.getLeastSignificantBits()), id, row));
            assertRefused(
                    row(new UUID(token.getMostSignificantBits(), token.getLeastSignificantBits() ^ flip), id, row));
            assertRefused(row(token, new UUID(id.getMostSignificantBits() ^ flip, id.getLeastSignificantBits()), row));
            assertRefused(row(token, new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ flip), row));
            assertRefused(new ObjectRow(token, id, row.version() ^ flip, row.isPrivate(), row.sealed(), row.indexes()));
        }
        assertRefused(
                new ObjectRow(row.token(), row.id(), row.version(), !row.isPrivate(), row.sealed(), row.indexes()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_blob_of_another_object_is_a_device_error(boolean isPrivate) {
        ObjectRow one = sealer.seal(key("k", 1, isPrivate), keys);
        ObjectRow other = sealer.seal(named(new UUID(7, 8), "k", 1, isPrivate), keys);
        assertRefused(withSealed(one, other.sealed()));
        assertRefused(withIndexes(withSealed(one, other.sealed()), other.indexes()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_blob_of_an_older_version_is_a_device_error(boolean isPrivate) {
        ObjectRow old = sealer.seal(key("k", 1, isPrivate), keys);
        ObjectRow current = sealer.seal(key("k", 2, isPrivate), keys);
        assertRefused(withSealed(current, old.sealed()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_row_of_another_token_is_a_device_error(boolean isPrivate) {
        ObjectRow theirs = sealer.seal(key("k", 1, isPrivate), otherKeys);
        assertRefused(theirs);
        assertRefused(row(SealedStore.TOKEN, theirs.id(), theirs));
        ObjectRow mine = sealer.seal(key("k", 1, isPrivate), keys);
        assertRefused(withSealed(mine, theirs.sealed()));
    }

    @Test
    void a_public_object_put_under_another_token_s_key_is_a_device_error() {
        try (TokenKeys before = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST);
                TokenKeys otherBefore =
                        TokenKeys.beforeLogin(sealed.root, SealedStore.OTHER_TOKEN, Initialisation.FIRST)) {
            ObjectRow row = sealer.seal(key("k", 1, false), before);
            ObjectCodecTest.assertSame(key("k", 1, false), sealer.open(row, before));
            assertFault(
                    Fault.DEVICE_ERROR, () -> sealer.open(row(SealedStore.OTHER_TOKEN, row.id(), row), otherBefore));
        }
    }

    @Test
    void a_private_object_needs_a_login_to_be_sealed_and_opened() {
        ObjectRow row = sealer.seal(key("k", 1, true), keys);
        try (TokenKeys before = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST)) {
            assertFault(Fault.USER_NOT_LOGGED_IN, () -> sealer.open(row, before));
            assertFault(Fault.USER_NOT_LOGGED_IN, () -> sealer.seal(key("k", 1, true), before));
        }
    }

    @Test
    void a_public_object_that_was_sealed_after_a_login_opens_before_one() {
        ObjectRow row = sealer.seal(key("k", 1, false), keys);
        try (TokenKeys before = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST)) {
            ObjectCodecTest.assertSame(key("k", 1, false), sealer.open(row, before));
        }
    }

    @Test
    void a_search_before_a_login_asks_for_the_columns_that_were_stored_after_one() {
        ObjectRow row = sealer.seal(certificate("k"), keys);
        Template template = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                .put(Cka.CKA_LABEL, "k")
                .put(Cka.CKA_TOKEN, true)
                .build();
        try (TokenKeys before = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST)) {
            Map<IndexColumn, byte[]> wanted = BlindIndex.columns(before, template::get);
            assertEquals(2, wanted.size());
            wanted.forEach((column, value) -> assertArrayEquals(row.indexes().get(column), value));
        }
    }

    @Test
    void equal_values_are_equal_in_one_column_of_one_token_only() {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_LABEL, new byte[] {1})
                .put(Cka.CKA_ID, new byte[] {1})
                .build();
        Map<IndexColumn, byte[]> mine = BlindIndex.columns(keys, attributes::get);
        Map<IndexColumn, byte[]> theirs = BlindIndex.columns(otherKeys, attributes::get);
        assertFalse(Arrays.equals(mine.get(IndexColumn.LABEL), mine.get(IndexColumn.ID)));
        assertFalse(Arrays.equals(mine.get(IndexColumn.LABEL), theirs.get(IndexColumn.LABEL)));
    }

    @Test
    void neither_label_nor_secret_can_be_read_in_the_row() {
        ObjectRow row = sealer.seal(key("a label to look for", 1, false), keys);
        String bytes = new String(row.sealed(), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("a label to look for"));
        assertFalse(bytes.contains("0123456789abcdef"));
    }

    @Test
    void sealing_the_same_twice_gives_different_bytes() {
        assertFalse(Arrays.equals(
                sealer.seal(key("k", 1, true), keys).sealed(),
                sealer.seal(key("k", 1, true), keys).sealed()));
    }

    @Test
    void the_keys_are_gone_after_closing() {
        ObjectRow row = sealer.seal(key("k", 1, true), keys);
        keys.close();
        assertThrows(IllegalStateException.class, () -> sealer.open(row, keys));
        assertThrows(IllegalStateException.class, () -> sealer.seal(key("k", 1, true), keys));
        assertThrows(IllegalStateException.class, () -> BlindIndex.columns(keys, AttributeSet.EMPTY::get));
    }

    private void assertRefused(ObjectRow row) {
        assertFault(Fault.DEVICE_ERROR, () -> sealer.open(row, keys));
    }

    private static HsmObject key(String label, long version, boolean isPrivate) {
        return named(ID, label, version, isPrivate);
    }

    private static HsmObject named(UUID id, String label, long version, boolean isPrivate) {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                .put(Cka.CKA_LABEL, label.getBytes(StandardCharsets.UTF_8))
                .put(Cka.CKA_PRIVATE, isPrivate)
                .build();
        byte[] value = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        return new HsmObject(id, version, attributes, SecretAttributes.of(Cka.CKA_VALUE, SecretBytes.adopt(value)));
    }

    /** Has every indexed attribute. */
    private static HsmObject certificate(String label) {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_EC)
                .put(Cka.CKA_LABEL, label.getBytes(StandardCharsets.UTF_8))
                .put(Cka.CKA_ID, HexFormat.of().parseHex("0102"))
                .put(Cka.CKA_SUBJECT, HexFormat.of().parseHex("3000"))
                .put(Cka.CKA_PRIVATE, true)
                .build();
        return new HsmObject(ID, 1, attributes, SecretAttributes.none());
    }

    private static ObjectRow row(UUID token, UUID id, ObjectRow like) {
        return new ObjectRow(token, id, like.version(), like.isPrivate(), like.sealed(), like.indexes());
    }

    private static ObjectRow withSealed(ObjectRow row, byte[] blob) {
        return new ObjectRow(row.token(), row.id(), row.version(), row.isPrivate(), blob, row.indexes());
    }

    private static ObjectRow withIndexes(ObjectRow row, Map<IndexColumn, byte[]> indexes) {
        return new ObjectRow(row.token(), row.id(), row.version(), row.isPrivate(), row.sealed(), indexes);
    }

    private static Map<IndexColumn, byte[]> with(Map<IndexColumn, byte[]> columns, IndexColumn column, byte[] value) {
        Map<IndexColumn, byte[]> changed = new EnumMap<>(columns);
        changed.put(column, value);
        return changed;
    }

    private static Map<IndexColumn, byte[]> without(Map<IndexColumn, byte[]> columns, IndexColumn... gone) {
        Map<IndexColumn, byte[]> changed = new EnumMap<>(columns);
        for (IndexColumn column : gone) {
            changed.remove(column);
        }
        return changed;
    }
}
