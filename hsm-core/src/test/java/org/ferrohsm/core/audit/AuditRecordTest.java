// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborReader;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.junit.jupiter.api.Test;

class AuditRecordTest {
    private static final UUID LOG = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private static AuditRecord record(AuditEvent event) {
        return new AuditRecord(
                LOG,
                4095,
                "node-1",
                AuditFixture.BOOT,
                1_800_000_000_123L,
                5_000_000_000L,
                event,
                AuditFixture.hash(0x44));
    }

    private static String golden() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                AuditRecordTest.class.getResourceAsStream("record-v1.hex"), "the golden file is missing")) {
            return new String(file.readAllBytes(), US_ASCII).replaceAll("#[^\n]*|\\s", "");
        }
    }

    @Test
    void a_record_has_the_bytes_of_the_golden_file() throws Exception {
        assertEquals(
                golden(),
                HexFormat.of().formatHex(record(AuditFixture.fullEvent()).encode()));
    }

    @Test
    void the_golden_file_is_read_back_to_what_was_written() throws Exception {
        AuditRecord read = AuditRecord.parse(HexFormat.of().parseHex(golden()));
        assertEquals(record(AuditFixture.fullEvent()).view(), read.view());
        assertEquals(AuditAction.SIGN.name(), read.event().operation());
        assertEquals("SIGNATURE_INVALID", read.event().result());
        assertEquals(70_000, read.event().number("uses").orElseThrow());
        assertEquals("caf\u00e9", read.event().text("reason").orElseThrow());
        assertArrayEquals(AuditFixture.hash(0x44), read.previous());
    }

    @Test
    void the_view_names_every_field_in_the_order_of_the_format() {
        Map<String, Object> view = record(AuditFixture.fullEvent()).view();
        assertEquals(
                List.of(
                        "version",
                        "log",
                        "seq",
                        "node",
                        "boot",
                        "time",
                        "monotonic",
                        "actor",
                        "session",
                        "operation",
                        "mechanism",
                        "token",
                        "object",
                        "objectVersion",
                        "requestHash",
                        "approvalHash",
                        "result",
                        "stateRoot",
                        "detail",
                        "previous"),
                List.copyOf(view.keySet()));
        assertEquals("2027-01-15T08:00:00.123Z", view.get("time"));
        assertEquals("11".repeat(32), view.get("requestHash"));
        assertEquals(Map.of("reason", "caf\u00e9", "uses", 70_000L), view.get("detail"));
    }

    @Test
    void what_an_event_leaves_out_is_in_neither_bytes_nor_view() {
        AuditRecord record = record(AuditEvent.of(AuditAction.LOGOUT).build());
        CborValue.Dictionary bytes = (CborValue.Dictionary) CborReader.decode(record.encode());
        assertEquals(10, bytes.entries().size());
        assertFalse(record.view().containsKey("actor"));
        assertFalse(record.view().containsKey("detail"));
        assertEquals(record.view(), AuditRecord.parse(record.encode()).view());
    }

    @Test
    void a_record_with_a_field_missing_added_or_of_another_type_is_refused() {
        CborValue.Dictionary whole = (CborValue.Dictionary)
                CborReader.decode(record(AuditFixture.fullEvent()).encode());
        List<Long> required = List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 10L, 17L, 20L);
        for (long field = 1; field <= 20; field++) {
            TreeMap<CborValue.Key, CborValue> without = new TreeMap<>(whole.entries());
            without.remove(new CborValue.Unsigned(field));
            byte[] bytes = CborWriter.encode(new CborValue.Dictionary(without));
            if (required.contains(field)) {
                assertThrows(CborException.class, () -> AuditRecord.parse(bytes), "without " + field);
            } else {
                assertArrayEquals(bytes, AuditRecord.parse(bytes).encode());
            }
            assertRefused(whole, new CborValue.Unsigned(field), new CborValue.Bytes(new byte[5]));
            assertRefused(whole, new CborValue.Unsigned(field), new CborValue.Dictionary(new TreeMap<>()));
        }
        assertRefused(whole, new CborValue.Unsigned(0), new CborValue.Unsigned(0));
        assertRefused(whole, new CborValue.Unsigned(21), new CborValue.Unsigned(0));
        assertRefused(whole, new CborValue.Text("more"), new CborValue.Unsigned(0));
        assertRefused(whole, new CborValue.Unsigned(1), new CborValue.Unsigned(2));
        assertRefused(whole, new CborValue.Unsigned(10), new CborValue.Text("sign"));
        assertRefused(whole, new CborValue.Unsigned(17), new CborValue.Text("okay"));
    }

    private static void assertRefused(CborValue.Dictionary whole, CborValue.Key key, CborValue value) {
        TreeMap<CborValue.Key, CborValue> changed = new TreeMap<>(whole.entries());
        changed.put(key, value);
        byte[] bytes = CborWriter.encode(new CborValue.Dictionary(changed));
        assertThrows(CborException.class, () -> AuditRecord.parse(bytes), key + " " + value);
    }

    @Property(tries = 2_000)
    void any_text_makes_a_record_that_is_read_back(@ForAll String text) {
        AuditRecord record = record(AuditEvent.of(AuditAction.OBJECT_CREATE)
                .actor(text)
                .detail("label", text)
                .build());
        byte[] bytes = record.encode();
        assertArrayEquals(bytes, AuditRecord.parse(bytes).encode());
    }

    @Test
    void the_largest_event_fits_into_a_record_and_longer_texts_end_in_an_ellipsis() {
        AuditEvent.Builder builder = AuditEvent.of(AuditAction.SIGN).actor("\ud83d\udd11".repeat(5_000));
        for (int i = 0; i < 16; i++) {
            builder.detail("abcdefghijklmnopqrstuvwxyz-1234" + (char) ('a' + i), "\u6c34".repeat(5_000));
        }
        AuditRecord record = record(builder.build());
        byte[] bytes = record.encode();
        assertTrue(bytes.length < CborReader.MAX_LENGTH, "a record of " + bytes.length + " bytes");
        AuditRecord read = AuditRecord.parse(bytes);
        assertTrue(Objects.requireNonNull(read.event().actor()).endsWith("\u2026"));
        assertEquals(
                256,
                read.event()
                        .text("abcdefghijklmnopqrstuvwxyz-1234a")
                        .orElseThrow()
                        .length());
    }

    @Test
    void an_event_with_a_wrong_number_length_or_name_cannot_be_made() {
        AuditEvent.Builder builder = AuditEvent.of(AuditAction.SIGN);
        assertThrows(IllegalArgumentException.class, () -> builder.session(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.mechanism(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.object(AuditFixture.OBJECT, -1));
        assertThrows(IllegalArgumentException.class, () -> builder.requestHash(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> builder.stateRoot(new byte[33]));
        assertThrows(IllegalArgumentException.class, () -> builder.detail("Uses", 1));
        assertThrows(IllegalArgumentException.class, () -> builder.detail("uses", -1));
    }
}
