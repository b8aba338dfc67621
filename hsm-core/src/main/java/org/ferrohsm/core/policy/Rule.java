// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import static org.ferrohsm.core.policy.Profile.DEFAULT;
import static org.ferrohsm.core.policy.Profile.STRICT;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a profile forbids beyond the specification, each rule with the attack that it answers (docs/profiles.md). The
 * profile {@link Profile#COMPAT} has none of them.
 */
public enum Rule {
    /** T5, T7: a sensitive secret key that wraps or unwraps does nothing else, so that no other use opens or makes what it wraps. */
    TRANSPORT_APART("T5, T7", DEFAULT, STRICT),
    /** T5: a use that moves plaintext or keys is given up for good, never gained after the key was made. */
    USES_NOT_GAINED("T5", DEFAULT, STRICT),
    /** T6: an unwrapped key is sensitive, as is what is put together from a sensitive one. */
    STAYS_SENSITIVE("T6", DEFAULT, STRICT),
    /** T8: an unwrapped key does not wrap: the same wrapped key could be unwrapped again to decrypt. */
    UNWRAPPED_DOES_NOT_WRAP("T8", DEFAULT, STRICT),
    /** T8: a key that wraps is not wrapped, or it could come back to decrypt. */
    TRANSPORT_STAYS("T8", DEFAULT, STRICT),
    /** T9: no key is wrapped by a weaker one. */
    WRAPPING_KEY_STRONG("T9", DEFAULT, STRICT),
    /** T10: a sensitive key is wrapped by a key that nobody outside can know, or that the SO trusts. */
    WRAPPING_KEY_UNKNOWN("T10", DEFAULT, STRICT),
    /** T11, T12: keys are wrapped by mechanisms that protect their integrity. */
    WRAPPING_MECHANISMS("T11, T12", DEFAULT, STRICT),
    /** T15: a GCM tag has 96 bits at least. */
    LONG_TAGS("T15", DEFAULT, STRICT),
    /** T15: a session encrypts once with an IV under a GCM key. */
    IV_ONCE("T15", DEFAULT, STRICT),
    /** T17: a MAC has 8 bytes at least. */
    LONG_MACS("T17", DEFAULT, STRICT),
    /** T18: no key is made of so little of another that it can be guessed. */
    NO_TRUNCATION("T18", DEFAULT, STRICT),
    /** Mechanisms that are kept for old programs alone. */
    NO_LEGACY("T11", DEFAULT, STRICT),
    /** A key protects nothing before its CKA_START_DATE or after its CKA_END_DATE, and opens nothing before the first. */
    DATES("", DEFAULT, STRICT),
    /** T5: one role for each key. */
    ONE_ROLE("T5", STRICT),
    /** T10: only keys that the SO trusts wrap. */
    TRUSTED_WRAPS("T10", STRICT),
    /** T12: no decryption by PKCS#1 v1.5. */
    NO_PKCS1_DECRYPTION("T12", STRICT),
    /** T15: the token makes the IVs of GCM. */
    TOKEN_MAKES_IVS("T15", STRICT),
    /** Approved mechanisms alone. */
    APPROVED("T19", STRICT);

    private final String attacks;

    /** Unmodifiable, which its type does not say. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Profile> profiles;

    Rule(String attacks, Profile first, Profile... more) {
        this.attacks = attacks;
        this.profiles = Collections.unmodifiableSet(EnumSet.of(first, more));
    }

    /** The numbers of the attacks in docs/profiles.md, empty if the rule answers none of them. */
    public String attacks() {
        return attacks;
    }

    /** The profiles that have the rule. */
    public Set<Profile> profiles() {
        return profiles;
    }
}
