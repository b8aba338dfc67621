// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.object.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one token, asked at each moment at which one of them has something to say. Every method throws HsmException
 * with the code that docs/profiles.md gives.
 */
public final class Policy {
    private final Set<Rule> rules;

    private Policy(Set<Rule> rules) {
        this.rules = rules;
    }

    /** The rules of a profile. */
    public static Policy of(Profile profile) {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Arrays.stream(Rule.values())
                .filter(rule -> rule.profiles().contains(profile))
                .forEach(rules::add);
        return new Policy(rules);
    }

    /** The same rules but for one. */
    Policy without(Rule rule) {
        Set<Rule> fewer = EnumSet.copyOf(rules);
        fewer.remove(rule);
        return new Policy(fewer);
    }

    /** Whether a rule holds. */
    public boolean has(Rule rule) {
        return rules.contains(rule);
    }

    /** Whether this token serves a mechanism at all: MECHANISM_INVALID. */
    public void mechanism(Mechanism mechanism) {
        MechanismRules.served(this, mechanism);
    }

    /** Whether this token serves a mechanism at all. */
    public boolean serves(Mechanism mechanism) {
        return MechanismRules.serves(this, mechanism);
    }

    /**
     * A new object: TEMPLATE_INCONSISTENT.
     *
     * @param generatedBy CKM_* for a key that is generated here, else -1
     */
    public void made(Origin origin, long generatedBy, AttributeSet attributes) {
        KeyRules.made(this, origin, generatedBy, attributes);
    }

    /** A change, or a copy's differences: ATTRIBUTE_READ_ONLY, TEMPLATE_INCONSISTENT. */
    public void changed(AttributeSet before, AttributeSet after) {
        KeyRules.changed(this, before, after);
    }

    /** A derivation, before it is done: MECHANISM_INVALID, MECHANISM_PARAM_INVALID, TEMPLATE_INCONSISTENT. */
    public void derive(MechanismCall call, HsmObject base, Template template, AttributeSet derived) {
        DerivationRules.derive(this, call, base, template, derived);
    }

    /** A mechanism that is to wrap: MECHANISM_INVALID. */
    public void wrapBy(MechanismCall call) {
        WrappingRules.wrapBy(this, call.type());
    }

    /** A mechanism that is to unwrap by this key: MECHANISM_INVALID. */
    public void unwrapBy(MechanismCall call, HsmObject unwrappingKey) {
        WrappingRules.unwrapBy(this, call.type(), unwrappingKey);
    }

    /** A key that is to be wrapped by another: KEY_NOT_WRAPPABLE, WRAPPING_KEY_SIZE_RANGE. */
    public void wrap(HsmObject wrappingKey, HsmObject key) {
        WrappingRules.wrap(this, wrappingKey, key);
    }

    /** The IV that a caller brings to encrypt with and that may be used but once, or null. */
    public byte @Nullable [] ivToTake(MechanismCall call, long usage) {
        return has(Rule.IV_ONCE) && usage == Cka.CKA_ENCRYPT ? MechanismRules.broughtIv(call) : null;
    }

    /**
     * The use of a key: MECHANISM_INVALID, MECHANISM_PARAM_INVALID, KEY_FUNCTION_NOT_PERMITTED.
     *
     * @param usage the attribute that permits it
     * @param clock of the place where the token is
     */
    public void use(HsmObject key, MechanismCall call, long usage, Clock clock) {
        MechanismRules.use(this, call, usage);
        KeyRules.use(this, key.attributes(), usage, clock);
    }
}
