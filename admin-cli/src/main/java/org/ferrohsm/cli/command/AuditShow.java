// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.cli.output.TextOutput;
import org.ferrohsm.core.audit.AuditRecord;
import org.ferrohsm.core.boot.HsmAudit;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.service.AuditService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit show}. */
@Command(name = "show", description = "shows the records of the audit log, oldest first")
public final class AuditShow extends Verb {
    private static final String UNREADABLE = "UNREADABLE";

    @Mixin
    RecordFilter filter = new RecordFilter();

    @Option(names = "--tail", paramLabel = "COUNT", description = "only the newest COUNT of what fits")
    int tail = -1;

    @Option(names = "--from", paramLabel = "SEQ", description = "only from record number SEQ on")
    long from;

    AuditShow(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (HsmAudit audit = HsmAudit.open(invocation.config())) {
            AuditService service = audit.service();
            Stream<Map<String, Object>> fitting = stream(service.from(start(service)))
                    .filter(entry -> filter.accepts(entry.record()))
                    .map(AuditShow::view);
            invocation.output().stream(tail < 0 ? fitting.iterator() : newest(fitting.iterator()), AuditShow::line);
            if (service.last().isEmpty()) {
                invocation.remark("The store has no audit record yet.");
            }
        }
        return ExitCode.OK;
    }

    /** Where every record fits, the newest are found without reading the others. */
    private long start(AuditService service) {
        if (tail < 0 || !filter.acceptsAll()) {
            return from;
        }
        return Math.max(from, service.last().orElse(-1) + 1 - tail);
    }

    private Iterator<Map<String, Object>> newest(Iterator<Map<String, Object>> all) {
        Deque<Map<String, Object>> newest = new ArrayDeque<>();
        while (all.hasNext()) {
            newest.addLast(all.next());
            if (newest.size() > tail) {
                newest.removeFirst();
            }
        }
        return newest.iterator();
    }

    private static Stream<AuditService.Entry> stream(Iterator<AuditService.Entry> entries) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(entries, 0), false);
    }

    private static Map<String, Object> view(AuditService.Entry entry) {
        if (entry.record() != null) {
            return view(entry.record());
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("seq", entry.seq());
        view.put("operation", UNREADABLE);
        return view;
    }

    /** A record with its mechanism's name. */
    static Map<String, Object> view(AuditRecord record) {
        Map<String, Object> view = new LinkedHashMap<>(record.view());
        if (view.get("mechanism") instanceof Long type) {
            view.put("mechanism", Ckm.name(type));
        }
        return view;
    }

    /** The parts that people look for; the rest is in the JSON. */
    static String line(Map<String, Object> view) {
        StringBuilder line = new StringBuilder(String.format(
                "%6s  %-24s  %-14s %-14s",
                view.get("seq"),
                view.getOrDefault("time", "-"),
                view.get("operation"),
                view.getOrDefault("result", "-")));
        append(line, view, "actor", "mechanism");
        if (view.get("detail") instanceof Map<?, ?> detail) {
            detail.forEach(
                    (name, value) -> line.append(' ').append(name).append('=').append(TextOutput.text(value)));
        }
        append(line, view, "token", "object");
        return line.toString();
    }

    private static void append(StringBuilder line, Map<String, Object> view, String... names) {
        for (String name : names) {
            if (view.containsKey(name)) {
                line.append(' ').append(name).append('=').append(TextOutput.text(view.get(name)));
            }
        }
    }
}
