// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** CKM_SHA_1 and its successors (PKCS#11 3.2 sections 6.20 to 6.24). */
final class DigestFamily implements MechanismFamily {
    private final Engines engines;

    DigestFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return Hash.all().stream().map(this::row).toList();
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism row(Hash hash) {
        return Mechanism.row(hash.mechanism(), Mechanism.ANY_KEY_TYPE)
                .digests(() -> new EngineDigester(engines, hash))
                .build();
    }
}
