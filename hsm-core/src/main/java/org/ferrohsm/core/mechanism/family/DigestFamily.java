// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** CKM_SHA_1 and its kin (PKCS#11 3.2 section 6.20). */
final class DigestFamily implements MechanismFamily {
    private final Engines engines;

    DigestFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return DigestAlgorithm.all().stream().map(this::row).toList();
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism row(DigestAlgorithm digest) {
        return Mechanism.row(digest.digest(), Mechanism.ANY_KEY_TYPE)
                .legacy(digest.legacy())
                .digests(() -> new EngineDigester(engines, digest.digestName(), digest.length()))
                .build();
    }
}
