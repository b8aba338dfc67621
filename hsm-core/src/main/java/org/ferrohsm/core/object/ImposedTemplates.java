// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;

/**
 * What a key says of the keys that come from it: CKA_UNWRAP_TEMPLATE, CKA_DERIVE_TEMPLATE, CKA_ENCAPSULATE_TEMPLATE and
 * CKA_DECAPSULATE_TEMPLATE (PKCS#11 3.2 sections 4.7.3 and 5.18.4).
 */
public final class ImposedTemplates {
    private ImposedTemplates() {}

    /**
     * What a caller asks for, with what {@code key} imposes.
     *
     * @param attribute which of its templates
     * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT if they conflict
     */
    public static Template with(HsmObject key, long attribute, Template asked) {
        AttributeValue imposed = key.attributes().get(attribute);
        if (imposed == null || !imposed.isTemplate()) {
            return asked;
        }
        Template template = imposed.asTemplate();
        Template.Builder both = asked.toBuilder();
        for (long type : template.types()) {
            AttributeValue value = template.get(type);
            AttributeValue wanted = asked.get(type);
            if (value == null || (wanted != null && !wanted.equals(value))) {
                throw Fault.TEMPLATE_INCONSISTENT.because(
                        "the key's " + Cka.name(attribute) + " wants another " + Cka.name(type));
            }
            both.put(type, value);
        }
        return both.build();
    }
}
