// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.NoParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** What every family checks before it works. */
final class Checks {
    private Checks() {}

    /** KEY_TYPE_INCONSISTENT unless {@code key} is of this class and type. */
    static void key(HsmObject key, long objectClass, long keyType) {
        if (key.objectClass() != objectClass || key.keyType() != keyType) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("a key of another class or type than " + Ckk.name(keyType));
        }
    }

    /** The value of a secret key, or KEY_TYPE_INCONSISTENT. */
    static SecretBytes secretValue(HsmObject key) {
        if (key.objectClass() != Cko.CKO_SECRET_KEY) {
            throw Fault.KEY_TYPE_INCONSISTENT.because("a key of another class than a secret key");
        }
        return key.secret(Cka.CKA_VALUE);
    }

    /** MECHANISM_PARAM_INVALID unless there is no parameter. */
    static void noParameters(MechanismParameters parameters) {
        if (!(parameters instanceof NoParameters)) {
            throw Fault.MECHANISM_PARAM_INVALID.because("the mechanism takes no parameter");
        }
    }

    /** The parameters as the kind that is needed, or MECHANISM_PARAM_INVALID. */
    static <T extends MechanismParameters> T parameters(Class<T> kind, MechanismParameters parameters) {
        if (!kind.isInstance(parameters)) {
            throw Fault.MECHANISM_PARAM_INVALID.because(kind.getSimpleName() + " is needed, not "
                    + parameters.getClass().getSimpleName());
        }
        return kind.cast(parameters);
    }

    /** A number that the template must give, or TEMPLATE_INCOMPLETE. */
    static long number(Template template, long type) {
        return required(template, type).asLong();
    }

    /** Bytes that the template must give, or TEMPLATE_INCOMPLETE. */
    static byte[] bytes(Template template, long type) {
        return required(template, type).asBytes();
    }

    private static AttributeValue required(Template template, long type) {
        AttributeValue value = template.get(type);
        if (value == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because(Cka.name(type) + " is needed");
        }
        return value;
    }
}
