// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.store.api.IndexColumn;
import org.ferrohsm.store.api.ObjectPosition;
import org.ferrohsm.store.api.ObjectRow;

/**
 * Finds a token's stored objects. What the index columns cover is not opened: the keyed columns are equal only for equal
 * attributes, and every object is checked against its columns when it is used.
 */
final class Search {
    private static final int PAGE = 1000;
    private static final int KEPT = 4096;

    /** Longer answers are not kept: with a million objects a few of them would fill the memory. */
    private static final int LONGEST_KEPT = 256;

    /** Attributes that a row answers without being opened. */
    private static final Set<Long> COVERED = Set.of(
            Cka.CKA_CLASS,
            Cka.CKA_KEY_TYPE,
            Cka.CKA_LABEL,
            Cka.CKA_ID,
            Cka.CKA_SUBJECT,
            Cka.CKA_TOKEN,
            Cka.CKA_PRIVATE);

    private record Answer(long revision, List<ObjectRef> found) {}

    private final Transactions store;
    private final ObjectSealer sealer;

    /** Answers to the latest questions; applications ask the same few again and again. */
    private final Map<Template, Answer> answers = new ConcurrentHashMap<>();

    Search(Transactions store, ObjectSealer sealer) {
        this.store = store;
        this.sealer = sealer;
    }

    /** What matches, private objects only if {@code keys} can open them. */
    List<ObjectRef> find(Template template, TokenKeys keys, boolean privatesToo) {
        long revision = store.revision();
        Answer known = answers.get(template);
        if (known == null || known.revision != revision) {
            known = new Answer(revision, look(template, keys, privatesToo));
            keep(template, known);
        }
        return known.found;
    }

    private void keep(Template template, Answer answer) {
        if (answer.found.size() > LONGEST_KEPT) {
            answers.remove(template);
            return;
        }
        if (answers.size() >= KEPT) {
            answers.clear();
        }
        answers.put(template, answer);
    }

    /** Forgets answers: who may see what has changed. */
    void forget() {
        answers.clear();
    }

    private List<ObjectRef> look(Template template, TokenKeys keys, boolean privatesToo) {
        Map<IndexColumn, byte[]> columns = BlindIndex.columns(keys, template::get);
        Template.Builder rest = Template.builder();
        for (long type : template.types()) {
            AttributeValue value = template.get(type);
            if (value != null && !COVERED.contains(type)) {
                rest.put(type, value);
            }
        }
        Template uncovered = rest.build();
        AttributeValue wanted = template.get(Cka.CKA_PRIVATE);
        List<ObjectRef> found = new ArrayList<>();
        long after = 0;
        while (true) {
            long start = after;
            List<ObjectPosition> page = store.read(reader -> reader.findObjects(keys.token(), columns, start, PAGE));
            for (ObjectPosition position : page) {
                after = position.position();
                boolean visible = (privatesToo || !position.isPrivate())
                        && (wanted == null || wanted.asBoolean() == position.isPrivate());
                if (visible && (uncovered.size() == 0 || opens(position, uncovered, keys))) {
                    found.add(new ObjectRef(position.id(), true, position.isPrivate()));
                }
            }
            if (page.size() < PAGE) {
                return List.copyOf(found);
            }
        }
    }

    private boolean opens(ObjectPosition position, Template uncovered, TokenKeys keys) {
        ObjectRow row =
                store.read(reader -> reader.object(keys.token(), position.id())).orElse(null);
        if (row == null) {
            return false;
        }
        try (HsmObject object = sealer.open(row, keys)) {
            return Matching.matches(object, uncovered);
        } catch (HsmException e) {
            // One damaged object must not hide the others; it answers DEVICE_ERROR to whoever reaches it by its
            // columns.
            return false;
        }
    }
}
