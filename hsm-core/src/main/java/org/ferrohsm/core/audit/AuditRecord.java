// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.jspecify.annotations.Nullable;

/**
 * One record of the log, as docs/spec/audit.md lays it down.
 *
 * @param log the log it belongs to
 * @param seq its number; the first is 0
 * @param node where it was written
 * @param boot by which run of the program
 * @param wallMillis milliseconds since 1970-01-01T00:00Z by the writer's clock
 * @param monotonicNanos nanoseconds since that run opened the log
 * @param event what happened
 * @param previous the leaf hash of the record before, 32 zero bytes for the first
 */
public record AuditRecord(
        UUID log,
        long seq,
        String node,
        UUID boot,
        long wallMillis,
        long monotonicNanos,
        AuditEvent event,
        byte[] previous) {
    /** The version of the format. */
    public static final int VERSION = 1;

    private static final int HASH_LENGTH = 32;
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern DETAIL_NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    static boolean isDetailName(String name) {
        return DETAIL_NAME.matcher(name).matches();
    }

    /** The canonical bytes. */
    public byte[] encode() {
        RecordFields fields = new RecordFields();
        fields.put(1, VERSION);
        fields.put(2, log);
        fields.put(3, seq);
        fields.put(4, node);
        fields.put(5, boot);
        fields.put(6, wallMillis);
        fields.put(7, monotonicNanos);
        fields.put(8, event.actor());
        fields.put(9, event.session());
        fields.put(10, event.operation());
        fields.put(11, event.mechanism());
        fields.put(12, event.token());
        fields.put(13, event.object());
        fields.put(14, event.objectVersion());
        fields.put(15, event.requestHash());
        fields.put(16, event.approvalHash());
        fields.put(17, event.result());
        fields.put(18, event.stateRoot());
        if (!event.detail().isEmpty()) {
            fields.put(19, encodeDetail(event.detail()));
        }
        fields.put(20, previous);
        return CborWriter.encode(fields.dictionary());
    }

    /**
     * Reads a record back.
     *
     * @throws CborException if {@code bytes} are not the canonical bytes of a record of this version
     */
    public static AuditRecord parse(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != VERSION) {
            throw new CborException("another version of the format");
        }
        AuditRecord record = new AuditRecord(
                fields.uuid(2),
                fields.number(3),
                fields.text(4),
                fields.uuid(5),
                fields.number(6),
                fields.number(7),
                parseEvent(fields),
                fields.bytes(20, HASH_LENGTH));
        fields.requireNoMore();
        return record;
    }

    private static AuditEvent parseEvent(RecordFields fields) {
        String operation = fields.text(10);
        String result = fields.text(17);
        if (!NAME.matcher(operation).matches()
                || !(result.equals(AuditEvent.OK) || NAME.matcher(result).matches())) {
            throw new CborException("an operation or a result that is no name");
        }
        return new AuditEvent(
                operation,
                fields.optionalText(8),
                fields.optionalNumber(9),
                fields.optionalNumber(11),
                fields.optionalUuid(12),
                fields.optionalUuid(13),
                fields.optionalNumber(14),
                fields.optionalBytes(15, HASH_LENGTH),
                fields.optionalBytes(16, HASH_LENGTH),
                result,
                fields.optionalBytes(18, HASH_LENGTH),
                parseDetail(fields.optionalDictionary(19)));
    }

    private static CborValue.Dictionary encodeDetail(Map<String, Object> detail) {
        TreeMap<CborValue.Key, CborValue> entries = new TreeMap<>();
        detail.forEach((name, value) -> entries.put(
                new CborValue.Text(name),
                value instanceof Long number ? new CborValue.Unsigned(number) : new CborValue.Text((String) value)));
        return new CborValue.Dictionary(entries);
    }

    private static Map<String, Object> parseDetail(CborValue.Dictionary dictionary) {
        Map<String, Object> detail = new TreeMap<>();
        dictionary.entries().forEach((key, value) -> {
            if (!(key instanceof CborValue.Text name) || !isDetailName(name.value())) {
                throw new CborException("a detail without a name");
            }
            if (value instanceof CborValue.Unsigned number) {
                detail.put(name.value(), number.value());
            } else if (value instanceof CborValue.Text text) {
                detail.put(name.value(), text.value());
            } else {
                throw new CborException("a detail that is neither number nor text");
            }
        });
        return Collections.unmodifiableMap(detail);
    }

    /**
     * The record for people and for JSON: names in the order of the format, values that are {@code String}, {@code Long}
     * or a map of these; bytes are hexadecimal; what the record leaves out is left out.
     */
    public Map<String, Object> view() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("version", (long) VERSION);
        view.put("log", log.toString());
        view.put("seq", seq);
        view.put("node", node);
        view.put("boot", boot.toString());
        view.put("time", Instant.ofEpochMilli(wallMillis).toString());
        view.put("monotonic", monotonicNanos);
        putIfPresent(view, "actor", event.actor());
        putIfPresent(view, "session", event.session());
        view.put("operation", event.operation());
        putIfPresent(view, "mechanism", event.mechanism());
        putIfPresent(view, "token", event.token());
        putIfPresent(view, "object", event.object());
        putIfPresent(view, "objectVersion", event.objectVersion());
        putIfPresent(view, "requestHash", event.requestHash());
        putIfPresent(view, "approvalHash", event.approvalHash());
        view.put("result", event.result());
        putIfPresent(view, "stateRoot", event.stateRoot());
        if (!event.detail().isEmpty()) {
            view.put("detail", event.detail());
        }
        putIfPresent(view, "previous", previous);
        return view;
    }

    private static void putIfPresent(Map<String, Object> view, String name, @Nullable Object value) {
        if (value instanceof byte[] bytes) {
            view.put(name, HexFormat.of().formatHex(bytes));
        } else if (value instanceof UUID id) {
            view.put(name, id.toString());
        } else if (value != null) {
            view.put(name, value);
        }
    }
}
