// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.object.HsmObject;

/** Generic secrets, HMAC keys and the HMACs that use them (PKCS#11 3.2 sections 6.13 and 6.22). */
final class HmacFamily implements MechanismFamily {
    private final Engines engines;

    HmacFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        SecretKeyMaker maker = new SecretKeyMaker(engines);
        SecretKeyType generic = SecretKeyType.GENERIC;
        rows.add(maker.row(Ckm.CKM_GENERIC_SECRET_KEY_GEN, generic)
                .keySizes(8L * generic.min(), 8L * generic.max())
                .build());
        for (DigestAlgorithm digest : DigestAlgorithm.all()) {
            rows.add(start(digest.hmac(), digest)
                    .signs((key, parameters) -> {
                        Checks.noParameters(parameters);
                        return open(key, digest, digest.length());
                    })
                    .verifies((key, parameters) -> {
                        Checks.noParameters(parameters);
                        return open(key, digest, digest.length());
                    })
                    .build());
            rows.add(start(digest.generalHmac(), digest)
                    .parameters(MacLengthParameters.class)
                    .signs((key, parameters) -> open(key, digest, MacOperation.length(parameters, digest.length())))
                    .verifies((key, parameters) -> open(key, digest, MacOperation.length(parameters, digest.length())))
                    .build());
            SecretKeyType own = SecretKeyType.of(digest.keyType());
            if (own != null && digest.keyGeneration() != DigestAlgorithm.NONE) {
                rows.add(maker.row(digest.keyGeneration(), own).build());
            }
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new SecretKeyCodec(
                Stream.of(SecretKeyType.values())
                        .filter(SecretKeyType::isOfAnyLength)
                        .map(SecretKeyType::number)
                        .collect(Collectors.toUnmodifiableSet()),
                SecretKeyType.GENERIC::isLength,
                SecretKeyCodec.byDigest(() -> engines.digest(Hash.SHA1.digestName()))));
    }

    private static Mechanism.Builder start(long type, DigestAlgorithm digest) {
        return Mechanism.row(type, Ckk.CKK_GENERIC_SECRET)
                .alsoTakes(digest.keyType())
                .keySizes(SecretKeyType.GENERIC.min(), SecretKeyType.GENERIC.max())
                .legacy(digest.legacy());
    }

    private MacOperation open(HsmObject key, DigestAlgorithm digest, int length) {
        long keyType = key.keyType() == digest.keyType() ? digest.keyType() : Ckk.CKK_GENERIC_SECRET;
        Checks.key(key, Cko.CKO_SECRET_KEY, keyType);
        return new MacOperation(HmacKey.of(key, engines).macs(digest), length);
    }
}
