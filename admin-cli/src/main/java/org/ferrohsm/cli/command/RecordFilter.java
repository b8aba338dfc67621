// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.ferrohsm.core.audit.AuditEvent;
import org.ferrohsm.core.audit.AuditRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which records. A record that cannot be read always fits: nobody should overlook it. */
final class RecordFilter {
    @Option(names = "--token", paramLabel = "UUID", description = "about this token, by the identity that records give")
    @Nullable
    UUID token;

    @Option(names = "--object", paramLabel = "UUID", description = "about this object, by its CKA_UNIQUE_ID")
    @Nullable
    UUID object;

    @Option(names = "--operation", paramLabel = "NAME", description = "of this operation, e.g. SIGN or LOGIN")
    @Nullable
    String operation;

    @Option(names = "--actor", paramLabel = "TEXT", description = "by actors with TEXT in their name")
    @Nullable
    String actor;

    @Option(names = "--failed", description = "of what was refused or failed")
    boolean failed;

    @Option(names = "--since", paramLabel = "TIME", description = "not before TIME, e.g. 2026-11-23T08:00:00Z")
    @Nullable
    Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "before TIME")
    @Nullable
    Instant until;

    /** Whether no option was given. */
    boolean acceptsAll() {
        return conditions().isEmpty();
    }

    /** Whether the record fits all options. */
    boolean accepts(@Nullable AuditRecord record) {
        return record == null || conditions().stream().allMatch(condition -> condition.test(record));
    }

    private List<Predicate<AuditRecord>> conditions() {
        List<Predicate<AuditRecord>> all = new ArrayList<>();
        add(all, token, (record, id) -> id.equals(record.event().token()));
        add(all, object, (record, id) -> id.equals(record.event().object()));
        add(
                all,
                operation,
                (record, name) -> name.equalsIgnoreCase(record.event().operation()));
        add(all, actor, (record, part) -> String.valueOf(record.event().actor()).contains(part));
        add(all, since, (record, time) -> record.wallMillis() >= time.toEpochMilli());
        add(all, until, (record, time) -> record.wallMillis() < time.toEpochMilli());
        if (failed) {
            all.add(record -> !record.event().result().equals(AuditEvent.OK));
        }
        return all;
    }

    private static <T> void add(
            List<Predicate<AuditRecord>> all, @Nullable T wanted, BiPredicate<AuditRecord, T> condition) {
        if (wanted != null) {
            all.add(record -> condition.test(record, wanted));
        }
    }
}
