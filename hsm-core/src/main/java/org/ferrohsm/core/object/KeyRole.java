// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.jspecify.annotations.Nullable;

/** What a key is for: the attributes that permit the two halves of one thing. */
public enum KeyRole {
    SIGNATURE(Cka.CKA_SIGN, Cka.CKA_SIGN_RECOVER, Cka.CKA_VERIFY, Cka.CKA_VERIFY_RECOVER),
    CIPHER(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT),
    TRANSPORT(Cka.CKA_WRAP, Cka.CKA_UNWRAP),
    DERIVATION(Cka.CKA_DERIVE),
    ENCAPSULATION(Cka.CKA_ENCAPSULATE, Cka.CKA_DECAPSULATE);

    /** Secret keys that encrypt; others sign first. */
    private static final Set<Long> ENCRYPTING = Set.of(
            Ckk.CKK_AES,
            Ckk.CKK_AES_XTS,
            Ckk.CKK_CAMELLIA,
            Ckk.CKK_ARIA,
            Ckk.CKK_SEED,
            Ckk.CKK_DES2,
            Ckk.CKK_DES3,
            Ckk.CKK_CHACHA20,
            Ckk.CKK_SALSA20);

    /** Never written to, which its type does not say. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final long[] uses;

    KeyRole(long... uses) {
        this.uses = uses;
    }

    /** The roles that a key has. */
    public static Set<KeyRole> of(AttributeSet key) {
        Set<KeyRole> roles = EnumSet.noneOf(KeyRole.class);
        for (KeyRole role : values()) {
            for (long use : role.uses) {
                if (key.flag(use)) {
                    roles.add(role);
                }
            }
        }
        return roles;
    }

    /** The role of a CKA_*, or null if it permits no use. */
    static @Nullable KeyRole of(long attribute) {
        for (KeyRole role : values()) {
            for (long use : role.uses) {
                if (use == attribute) {
                    return role;
                }
            }
        }
        return null;
    }

    /**
     * The roles whose uses keep their defaults for a template that is silent about them (footnote 9: defaults may depend
     * on other attributes). A secret key that is asked to wrap or unwrap gets no other use; where a key has one role, it
     * is the one asked for, else the first that its type is for.
     *
     * @param one whether a key has one role
     */
    static Set<KeyRole> byDefault(ObjectSchema schema, Template template, boolean one) {
        Set<KeyRole> asked = EnumSet.noneOf(KeyRole.class);
        for (KeyRole role : values()) {
            for (long use : role.uses) {
                if (isTrue(template.get(use))) {
                    asked.add(role);
                }
            }
        }
        boolean secret = schema.objectClass() == Cko.CKO_SECRET_KEY;
        if (secret && asked.contains(TRANSPORT)) {
            return EnumSet.of(TRANSPORT);
        }
        if (!one) {
            return Collections.unmodifiableSet(EnumSet.allOf(KeyRole.class));
        }
        if (asked.isEmpty()) {
            asked.add(secret && ENCRYPTING.contains(schema.type()) ? CIPHER : SIGNATURE);
        }
        return asked;
    }

    private static boolean isTrue(@Nullable AttributeValue value) {
        return value != null && value.length() == 1 && value.asBoolean();
    }
}
