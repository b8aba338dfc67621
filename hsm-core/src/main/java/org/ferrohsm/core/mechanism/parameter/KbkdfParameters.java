// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.parameter;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ck;
import org.ferrohsm.core.object.HsmObject;

/**
 * CK_SP800_108_KDF_PARAMS and CK_SP800_108_FEEDBACK_KDF_PARAMS.
 *
 * @param prf CKM_* of the pseudorandom function
 * @param fields its input
 * @param iv where feedback starts; empty otherwise
 * @param additional templates of the additional keys
 */
public record KbkdfParameters(long prf, List<PrfField> fields, byte[] iv, List<Template> additional)
        implements KeyedParameters {
    @Override
    public List<Long> keyHandles() {
        return fields.stream()
                .filter(KbkdfParameters::isKey)
                .map(PrfField::keyHandle)
                .toList();
    }

    @Override
    public MechanismParameters withKeys(List<HsmObject> keys) {
        List<PrfField> opened = new ArrayList<>();
        int next = 0;
        for (PrfField field : fields) {
            opened.add(isKey(field) ? field.withKey(keys.get(next++)) : field);
        }
        return new KbkdfParameters(prf, List.copyOf(opened), iv, additional);
    }

    private static boolean isKey(PrfField field) {
        return field.type() == Ck.CK_SP800_108_KEY_HANDLE;
    }
}
