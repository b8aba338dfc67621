// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ferrohsm.cli.output.TextOutput;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditRecord;
import org.jspecify.annotations.Nullable;

/** How `audit export` writes records for other programs: a line for each. What these formats hold can no longer be verified. */
enum RecordFormat {
    /** JSON Lines: the record as `audit show` gives it. */
    jsonl {
        @Override
        String line(AuditRecord record) {
            return json(AuditShow.view(record));
        }
    },
    /** ArcSight Common Event Format, version 0. */
    cef {
        @Override
        String line(AuditRecord record) {
            Map<String, Object> view = AuditShow.view(record);
            AuditEvent event = record.event();
            boolean ok = event.result().equals(AuditEvent.OK);
            StringBuilder line = new StringBuilder("CEF:0|FerroHSM|ferrohsm|1|")
                    .append(event.operation())
                    .append('|')
                    .append(event.operation().replace('_', ' '))
                    .append(ok ? "" : " refused or failed")
                    .append('|')
                    .append(ok ? 3 : 7)
                    .append('|');
            Map<String, Object> extension = new LinkedHashMap<>();
            extension.put("rt", record.wallMillis());
            extension.put("externalId", record.seq());
            extension.put("dvchost", record.node());
            extension.put("act", event.operation());
            extension.put("outcome", ok ? "success" : "failure");
            put(extension, "suser", view.get("actor"));
            put(extension, "reason", ok ? null : event.result());
            int custom = 1;
            for (String name : List.of("log", "token", "object", "mechanism", "boot", "session")) {
                if (view.containsKey(name)) {
                    extension.put("cs" + custom + "Label", name);
                    extension.put("cs" + custom, view.get(name));
                }
                custom++;
            }
            put(extension, "msg", event.detail().isEmpty() ? null : json(event.detail()));
            extension.forEach((name, value) ->
                    line.append(name).append('=').append(escaped(value)).append(' '));
            return line.toString().stripTrailing();
        }
    },
    /** OpenTelemetry: a log record in the JSON of OTLP, as the collector's otlpjsonfile receiver reads it. */
    otel {
        @Override
        String line(AuditRecord record) {
            AuditEvent event = record.event();
            boolean ok = event.result().equals(AuditEvent.OK);
            List<Map<String, Object>> attributes = new ArrayList<>();
            AuditShow.view(record).forEach((name, value) -> {
                if (value instanceof Map<?, ?> detail) {
                    detail.forEach((key, entry) -> attributes.add(attribute("ferrohsm.detail." + key, entry)));
                } else if (!name.equals("time") && !name.equals("node")) {
                    attributes.add(attribute("ferrohsm." + name, value));
                }
            });
            Map<String, Object> log = new LinkedHashMap<>();
            log.put("timeUnixNano", record.wallMillis() + "000000");
            log.put("severityNumber", ok ? 9 : 13);
            log.put("severityText", ok ? "INFO" : "WARN");
            log.put("eventName", "ferrohsm.audit." + event.operation());
            log.put("body", Map.of("stringValue", event.operation() + " " + event.result()));
            log.put("attributes", attributes);
            List<Map<String, Object>> resource =
                    List.of(attribute("service.name", "ferrohsm"), attribute("host.name", record.node()));
            return json(Map.of(
                    "resourceLogs",
                    List.of(Map.of(
                            "resource",
                            Map.of("attributes", resource),
                            "scopeLogs",
                            List.of(Map.of(
                                    "scope", Map.of("name", "org.ferrohsm.audit"), "logRecords", List.of(log)))))));
        }
    };

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A record as a line, without its end. */
    abstract String line(AuditRecord record);

    private static Map<String, Object> attribute(String name, Object value) {
        // 64-bit integers are texts in protobuf's JSON.
        Map<String, Object> typed = value instanceof Long number
                ? Map.of("intValue", number.toString())
                : Map.of("stringValue", value.toString());
        return Map.of("key", name, "value", typed);
    }

    private static void put(Map<String, Object> extension, String name, @Nullable Object value) {
        if (value != null) {
            extension.put(name, value);
        }
    }

    private static String escaped(Object value) {
        return TextOutput.text(value).replace("\\", "\\\\").replace("=", "\\=").replace("\n", "\\n");
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
