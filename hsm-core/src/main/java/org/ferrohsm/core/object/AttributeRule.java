// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.EnumSet;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.ValueKind;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.jspecify.annotations.Nullable;

/**
 * One row of an attribute table.
 *
 * @param type CKA_*
 * @param kind the shape of its value
 * @param byDefault the value where the template is silent, null for none
 * @param notes its footnotes
 */
public record AttributeRule(
        long type, ValueKind kind, @Nullable AttributeValue byDefault, Set<Note> notes) {
    static AttributeRule row(long type, ValueKind kind, @Nullable AttributeValue byDefault, Note... notes) {
        Set<Note> set = EnumSet.noneOf(Note.class);
        set.addAll(Set.of(notes));
        return new AttributeRule(type, kind, byDefault, set);
    }

    static AttributeRule flag(long type, boolean byDefault, Note... notes) {
        return row(type, ValueKind.BOOL, AttributeValue.of(byDefault), notes);
    }

    static AttributeRule bytes(long type, Note... notes) {
        return row(type, ValueKind.BYTES, null, notes);
    }

    static AttributeRule optional(long type, ValueKind kind, Note... notes) {
        return row(type, kind, AttributeValue.empty(), notes);
    }

    boolean has(Note note) {
        return notes.contains(note);
    }

    /**
     * Checks the shape of a value for this attribute.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID
     */
    void check(AttributeValue value) {
        boolean good = switch (kind) {
            case BOOL ->
                value.length() == 1 && !value.isTemplate() && value.asBytes()[0] <= 1 && value.asBytes()[0] >= 0;
            case ULONG -> value.length() == 8 && !value.isTemplate();
            case DATE -> isDate(value);
            case MECHANISMS -> value.length() % 8 == 0 && !value.isTemplate();
            case TEMPLATE -> value.isTemplate() || value.length() == 0;
            case BYTES, BIG_INTEGER, TEXT -> !value.isTemplate();
        };
        if (!good) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because(Cka.name(type) + " is no " + kind + ": " + value);
        }
    }

    private static boolean isDate(AttributeValue value) {
        return !value.isTemplate() && (value.length() == 0 || value.asText().matches("[0-9]{8}"));
    }
}
