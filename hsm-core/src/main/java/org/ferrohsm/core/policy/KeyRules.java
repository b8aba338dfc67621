// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.policy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.object.KeyRole;
import org.ferrohsm.core.object.Origin;

/** What a key may be, and become. */
final class KeyRules {
    /** Uses by which plaintext or other keys leave or enter. */
    private static final Set<Long> MOVING =
            Set.of(Cka.CKA_ENCRYPT, Cka.CKA_DECRYPT, Cka.CKA_WRAP, Cka.CKA_UNWRAP, Cka.CKA_DERIVE);

    /** Uses that open what was protected before. */
    private static final Set<Long> OPENING =
            Set.of(Cka.CKA_VERIFY, Cka.CKA_VERIFY_RECOVER, Cka.CKA_DECRYPT, Cka.CKA_UNWRAP, Cka.CKA_DECAPSULATE);

    private KeyRules() {}

    static void made(Policy policy, Origin origin, long generatedBy, AttributeSet key) {
        if (!key.contains(Cka.CKA_KEY_TYPE)) {
            return;
        }
        // What is not sensitive, or made of a password, is known anyway, and wraps nothing that is not.
        boolean secret = key.number(Cka.CKA_CLASS, -1) == Cko.CKO_SECRET_KEY
                && key.flag(Cka.CKA_SENSITIVE)
                && !WrappingRules.fromPassword(generatedBy);
        Set<KeyRole> roles = KeyRole.of(key);
        if (policy.has(Rule.TRANSPORT_APART) && secret && roles.contains(KeyRole.TRANSPORT) && roles.size() > 1) {
            throw inconsistent("a secret key that wraps or unwraps does nothing else");
        }
        if (policy.has(Rule.ONE_ROLE) && roles.size() > 1) {
            throw inconsistent("each key has one role, not " + roles);
        }
        if (origin != Origin.UNWRAP) {
            return;
        }
        if (policy.has(Rule.STAYS_SENSITIVE) && !key.flag(Cka.CKA_SENSITIVE)) {
            throw inconsistent("an unwrapped key is sensitive");
        }
        if (policy.has(Rule.UNWRAPPED_DOES_NOT_WRAP) && key.flag(Cka.CKA_WRAP)) {
            throw inconsistent("an unwrapped key does not wrap");
        }
    }

    static void changed(Policy policy, AttributeSet before, AttributeSet after) {
        if (!before.contains(Cka.CKA_KEY_TYPE)) {
            return;
        }
        boolean open = before.number(Cka.CKA_CLASS, -1) == Cko.CKO_PUBLIC_KEY;
        for (long use : MOVING) {
            boolean harmless = open && use != Cka.CKA_WRAP;
            if (policy.has(Rule.USES_NOT_GAINED) && !harmless && after.flag(use) && !before.flag(use)) {
                throw Fault.ATTRIBUTE_READ_ONLY.because(Cka.name(use) + " can be given up, not gained");
            }
        }
        if (policy.has(Rule.ONE_ROLE) && KeyRole.of(after).size() > 1) {
            throw Fault.ATTRIBUTE_READ_ONLY.because("each key has one role");
        }
    }

    /** A key's dates bind who protects something; what was protected in time can be opened after them. */
    static void use(Policy policy, AttributeSet key, long usage, Clock clock) {
        if (!policy.has(Rule.DATES)) {
            return;
        }
        byte[] start = key.bytes(Cka.CKA_START_DATE);
        byte[] end = key.bytes(Cka.CKA_END_DATE);
        if (start.length == 0 && end.length == 0) {
            return;
        }
        LocalDate today = LocalDate.now(clock);
        if (start.length > 0 && today.isBefore(date(start))) {
            throw Fault.KEY_FUNCTION_NOT_PERMITTED.because("the key's CKA_START_DATE has not come");
        }
        if (end.length > 0 && today.isAfter(date(end)) && !OPENING.contains(usage)) {
            throw Fault.KEY_FUNCTION_NOT_PERMITTED.because("the key's CKA_END_DATE has passed");
        }
    }

    private static LocalDate date(byte[] digits) {
        return LocalDate.parse(
                new String(digits, java.nio.charset.StandardCharsets.US_ASCII), DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static HsmException inconsistent(String why) {
        return Fault.TEMPLATE_INCONSISTENT.because(why);
    }
}
