// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.Mechanism.KeyDeriver;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** A derivation of one key as a set of one. */
record SingleDeriver(KeyDeriver deriver) implements KeySetDeriver {
    @Override
    public List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
        return List.of(new Wish(template, keyType));
    }

    @Override
    public DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters) {
        Wish wish = wishes.get(0);
        return new DerivedKeys(List.of(deriver.derive(base, wish.template(), wish.keyType(), parameters)), List.of());
    }

    @Override
    public boolean returnsHandle() {
        return true;
    }
}
