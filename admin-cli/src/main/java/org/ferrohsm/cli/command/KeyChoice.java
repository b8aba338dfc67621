// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.ferrohsm.cli.input.KeyId;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which keys. */
final class KeyChoice {
    private static final long[] CLASSES = {Cko.CKO_PRIVATE_KEY, Cko.CKO_PUBLIC_KEY, Cko.CKO_SECRET_KEY};

    @Option(names = "--label", paramLabel = "LABEL", description = "keys with this label")
    @Nullable
    String label;

    @Option(names = "--id", paramLabel = "HEX", description = "keys with this CKA_ID, in hexadecimal")
    @Nullable
    String id;

    /** The stored keys that fit and that the session may see: private and secret ones first, then by label. */
    List<StoredKey> all(Hsm hsm, Session session) {
        return all(hsm, session, CLASSES);
    }

    private List<StoredKey> all(Hsm hsm, Session session, long... classes) {
        List<StoredKey> keys = new ArrayList<>();
        for (long keyClass : classes) {
            for (long handle : hsm.runtime().objects().search(session, template(keyClass))) {
                keys.add(StoredKey.read(hsm, session, handle));
            }
        }
        keys.sort(Comparator.comparing(StoredKey::label).thenComparing(StoredKey::id));
        return keys;
    }

    /** The one key, or the two halves of the one pair, that fits. */
    List<StoredKey> one(Hsm hsm, Session session) {
        return one(hsm, session, CLASSES);
    }

    /** The one certificate that fits. */
    List<StoredKey> oneCertificate(Hsm hsm, Session session) {
        return one(hsm, session, Cko.CKO_CERTIFICATE);
    }

    private List<StoredKey> one(Hsm hsm, Session session, long... classes) {
        if (label == null && id == null) {
            throw new CliException(
                    ExitCode.USAGE, "say which key with --label or --id; `ferrohsm key list` shows them");
        }
        List<StoredKey> keys = all(hsm, session, classes);
        if (keys.isEmpty()) {
            throw new CliException(
                    ExitCode.NOT_FOUND, "the token has no such key; `ferrohsm key list` shows those that it has");
        }
        if (!isOne(keys)) {
            throw new CliException(
                    ExitCode.AMBIGUOUS,
                    "more than one key fits; say which with --id (and --label): "
                            + keys.stream().map(StoredKey::described).collect(Collectors.joining("; ")));
        }
        return keys;
    }

    /** A pair has one id and label, and one key of each class. */
    private static boolean isOne(List<StoredKey> keys) {
        return keys.stream().map(key -> key.id() + " " + key.label()).distinct().count() == 1
                && keys.stream().map(StoredKey::keyClass).distinct().count() == keys.size();
    }

    private Template template(long keyClass) {
        Template.Builder template =
                Template.builder().put(Cka.CKA_CLASS, keyClass).put(Cka.CKA_TOKEN, true);
        if (label != null) {
            template.put(Cka.CKA_LABEL, label);
        }
        if (id != null) {
            template.put(Cka.CKA_ID, KeyId.parse(id));
        }
        return template.build();
    }
}
