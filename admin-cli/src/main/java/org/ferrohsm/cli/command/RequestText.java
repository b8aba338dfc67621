// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.governance.approval.Dossier;
import org.ferrohsm.core.governance.approval.Request;
import org.ferrohsm.core.governance.approval.Subject;
import org.ferrohsm.core.governance.policy.GovernedOperation;

/** A request in words for who decides it. */
final class RequestText {
    private RequestText() {}

    /** One line of a list. */
    static Map<String, Object> row(Dossier dossier) {
        Request request = dossier.request();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", request.id().toString());
        row.put("state", dossier.state().name().toLowerCase(Locale.ROOT));
        row.put("what", what(request));
        row.put("requester", request.subject().requester());
        row.put("quorum", request.quorum().toString());
        row.put("approvedBy", dossier.approvedBy());
        row.put("until", instant(until(dossier)));
        return row;
    }

    /** All of it. */
    static Map<String, Object> details(Dossier dossier) {
        Map<String, Object> fields = row(dossier);
        fields.putAll(details(dossier.request()));
        if (dossier.usesLeft() > 1) {
            fields.put("usesLeft", dossier.usesLeft());
        }
        if (dossier.reason() != null) {
            fields.put("reason", dossier.reason());
        }
        return fields;
    }

    /** What approvers sign. */
    static Map<String, Object> details(Request request) {
        Subject subject = request.subject();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", request.id().toString());
        fields.put("what", what(request));
        fields.put("requester", subject.requester());
        if (subject.object() != null) {
            fields.put("key", subject.object() + " version " + subject.objectVersion());
        }
        if (!request.tags().isEmpty()) {
            fields.put("tags", request.tags());
        }
        if (subject.mechanism() != null) {
            fields.put("mechanism", Ckm.name(subject.mechanism()));
        }
        if (subject.parameters() != null) {
            fields.put("parametersDigest", HexFormat.of().formatHex(subject.parameters()));
        }
        if (subject.data() != null) {
            fields.put("dataDigest", HexFormat.of().formatHex(subject.data()));
        }
        fields.put("quorum", request.quorum().toString());
        fields.put("policyVersion", request.policyVersion());
        fields.put("opened", instant(request.opened()));
        fields.put("decideBefore", instant(request.decideBy()));
        fields.put("usableFor", java.time.Duration.ofMillis(request.useWithin()).toString());
        fields.put("digest", HexFormat.of().formatHex(request.digest()));
        return fields;
    }

    static String what(Request request) {
        GovernedOperation operation = request.subject().operation();
        if (request.description() != null) {
            return request.description();
        }
        String key = "the key \"" + request.label() + "\"";
        if (request.isActivation()) {
            return "open " + key + " to " + operation + ", " + request.uses() + " times";
        }
        return switch (operation) {
            case DESTROY -> "destroy " + key;
            case RETAG -> "give " + key + " other policy tags";
            default -> operation + " once with " + key;
        };
    }

    private static long until(Dossier dossier) {
        Long usable = dossier.usableUntil();
        return usable == null ? dossier.request().decideBy() : usable;
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
