// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.people;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ferrohsm.core.audit.RecordFields;
import org.ferrohsm.core.audit.cbor.CborException;
import org.ferrohsm.core.audit.cbor.CborValue;
import org.ferrohsm.core.audit.cbor.CborWriter;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.governance.policy.PolicyReader;
import org.ferrohsm.core.governance.policy.Quorum;

/** The approvers of a token. Immutable. */
public final class People {
    /** Nobody. */
    public static final People NOBODY = new People(new TreeMap<>());

    private static final long FORMAT = 1;
    private static final int MAX_APPROVERS = 64;

    private final SortedMap<String, Approver> approvers;

    private People(SortedMap<String, Approver> approvers) {
        this.approvers = approvers;
    }

    /** All, by name. */
    public Collection<Approver> all() {
        return Collections.unmodifiableCollection(approvers.values());
    }

    /** The approver with a name. */
    public Optional<Approver> named(String name) {
        return Optional.ofNullable(approvers.get(name));
    }

    /** The approver with a key. */
    public Optional<Approver> with(byte[] key) {
        return approvers.values().stream()
                .filter(approver -> Arrays.equals(approver.key(), key))
                .findFirst();
    }

    /**
     * These and one more, or one changed.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD if the name is none, the key another approver's, or
     *     there are too many
     */
    public People plus(Approver approver) {
        requireName(approver.name());
        requireName(approver.person());
        approver.groups().forEach(People::requireName);
        if (approver.groups().isEmpty() || approver.key().length != Approver.KEY_LENGTH) {
            throw Fault.ARGUMENTS_BAD.because("an approver needs a group and an Ed25519 key");
        }
        with(approver.key())
                .filter(other -> !other.name().equals(approver.name()))
                .ifPresent(other -> {
                    throw Fault.ARGUMENTS_BAD.because("the key is " + other.name() + "'s already");
                });
        SortedMap<String, Approver> more = new TreeMap<>(approvers);
        more.put(approver.name(), approver);
        if (more.size() > MAX_APPROVERS) {
            throw Fault.ARGUMENTS_BAD.because("a token has at most " + MAX_APPROVERS + " approvers");
        }
        return new People(more);
    }

    /**
     * These without one.
     *
     * @throws org.ferrohsm.core.fault.HsmException ARGUMENTS_BAD if there is no such approver
     */
    public People without(String name) {
        SortedMap<String, Approver> fewer = new TreeMap<>(approvers);
        if (fewer.remove(name) == null) {
            throw Fault.ARGUMENTS_BAD.because("there is no approver \"" + name + "\"");
        }
        return new People(fewer);
    }

    /** Whether there are enough persons for a quorum even where one of them asks and does not count. */
    public boolean canMeet(Quorum quorum) {
        return quorum.isMetBy(groupsByPerson(approvers.values()).values());
    }

    /** The groups of each person among some approvers. */
    public static Map<String, Set<String>> groupsByPerson(Collection<Approver> some) {
        Map<String, Set<String>> groups = new HashMap<>();
        some.forEach(approver -> groups.computeIfAbsent(approver.person(), person -> new HashSet<>())
                .addAll(approver.groups()));
        return groups;
    }

    /** The canonical bytes. */
    public byte[] encode() {
        SortedMap<CborValue.Key, CborValue> entries = new TreeMap<>();
        approvers.forEach((name, approver) -> entries.put(new CborValue.Text(name), approver.encode()));
        RecordFields fields = new RecordFields();
        fields.put(1, FORMAT);
        if (!entries.isEmpty()) {
            fields.put(2, new CborValue.Dictionary(entries));
        }
        return CborWriter.encode(fields.dictionary());
    }

    /** What {@link #encode} gave; {@link CborException} if it is something else. */
    public static People decode(byte[] bytes) {
        RecordFields fields = RecordFields.parse(bytes);
        if (fields.number(1) != FORMAT) {
            throw new CborException("another version of the format");
        }
        SortedMap<String, Approver> approvers = new TreeMap<>();
        fields.optionalDictionary(2).entries().forEach((key, value) -> {
            if (!(key instanceof CborValue.Text name)) {
                throw new CborException("an approver without a name");
            }
            approvers.put(name.value(), Approver.decode(name.value(), value));
        });
        fields.requireNoMore();
        return new People(approvers);
    }

    private static void requireName(String name) {
        if (!PolicyReader.NAME.matcher(name).matches()) {
            throw Fault.ARGUMENTS_BAD.because(
                    "\"" + name + "\" is no name: lower-case letters, digits, dot, dash and underscore");
        }
    }
}
