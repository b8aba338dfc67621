// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Whether an object is what a search asks for (PKCS#11 3.2 section 5.7.8: every attribute given is equal). */
public final class Matching {
    private Matching() {}

    /** Whether every attribute of the template is the object's. */
    public static boolean matches(HsmObject object, Template template) {
        for (long type : template.types()) {
            AttributeValue wanted = template.get(type);
            if (wanted == null
                    || !(wanted.equals(object.attributes().get(type)) || secretMatches(object, type, wanted))) {
                return false;
            }
        }
        return true;
    }

    /** A secret that may be read may also be searched for; another may not, or it could be guessed. */
    private static boolean secretMatches(HsmObject object, long type, AttributeValue wanted) {
        SecretBytes value = object.secrets().get(type);
        if (value == null
                || !object.attributes().flag(Cka.CKA_EXTRACTABLE)
                || object.attributes().flag(Cka.CKA_SENSITIVE)) {
            return false;
        }
        try (SecretBytes guess = SecretBytes.adopt(wanted.asBytes())) {
            return value.matches(guess);
        }
    }
}
