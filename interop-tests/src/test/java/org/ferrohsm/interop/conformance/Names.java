// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import java.util.Map;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.ck.Cks;
import org.ferrohsm.core.ck.Cku;

/** Numbers as cases write them: a constant without its prefix, several joined by bars, decimal or hexadecimal. */
final class Names {
    private static final Map<String, Class<?>> CONSTANTS = Map.of(
            "CKA_", Cka.class,
            "CKC_", Ckc.class,
            "CKF_", Ckf.class,
            "CKK_", Ckk.class,
            "CKM_", Ckm.class,
            "CKO_", Cko.class,
            "CKP_", Ckp.class,
            "CKR_", Ckr.class,
            "CKS_", Cks.class,
            "CKU_", Cku.class);

    private Names() {}

    static long number(String prefix, String text) {
        if (text.matches("0x[0-9a-fA-F]+|[0-9]+")) {
            return Long.decode(text);
        }
        long number = 0;
        for (String name : text.strip().split("[| ]+", -1)) {
            number |= constant(prefix, name);
        }
        return number;
    }

    private static long constant(String prefix, String name) {
        Class<?> holder = CONSTANTS.get(prefix);
        if (holder == null) {
            throw new IllegalArgumentException(prefix);
        }
        try {
            return holder.getField(prefix + name).getLong(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no constant " + prefix + name, e);
        }
    }
}
