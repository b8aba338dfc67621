// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;

/**
 * The policy tags of a key: the vendor attribute CKA_FERROHSM_POLICY_TAGS, names separated by commas (docs/spec/policy.md).
 * A key has them from its making on; C_SetAttributeValue does not change them.
 */
public final class PolicyTags {
    /** CKA_FERROHSM_POLICY_TAGS: CKA_VENDOR_DEFINED | 0x46484d01. */
    public static final long ATTRIBUTE = Cka.CKA_VENDOR_DEFINED | 0x46484d01L;

    private static final Pattern TAG = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private PolicyTags() {}

    /** Whether there is a tag; asked for at each use of a key. */
    public static boolean has(AttributeSet key) {
        return key.contains(ATTRIBUTE);
    }

    /** The tags, sorted; none for an object without the attribute. */
    public static Set<String> of(AttributeSet key) {
        Set<String> tags = new TreeSet<>();
        if (has(key)) {
            String text = new String(key.bytes(ATTRIBUTE), java.nio.charset.StandardCharsets.UTF_8);
            tags.addAll(Set.of(text.split(",", -1)));
        }
        return tags;
    }

    /**
     * Checks the tags of a new object.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if they are none; TEMPLATE_INCONSISTENT if what
     *     has them could be read out
     */
    static void check(AttributeSet made) {
        if (!has(made)) {
            return;
        }
        String text = new String(made.bytes(ATTRIBUTE), java.nio.charset.StandardCharsets.UTF_8);
        Set<String> seen = new TreeSet<>();
        for (String tag : text.split(",", -1)) {
            if (!TAG.matcher(tag).matches() || !seen.add(tag)) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because(
                        "policy tags are different names separated by commas: lower-case letters, digits, dot, dash and"
                                + " underscore");
            }
        }
        if (made.contains(Cka.CKA_SENSITIVE) && !made.flag(Cka.CKA_SENSITIVE)) {
            throw Fault.TEMPLATE_INCONSISTENT.because("a key with policy tags is sensitive");
        }
    }
}
