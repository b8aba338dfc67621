// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;

/** Keys that are the digest of another (PKCS#11 3.2 section 6.21). */
final class HashDerivationFamily implements MechanismFamily {
    private final Engines engines;

    HashDerivationFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        for (DigestAlgorithm digest : DigestAlgorithm.all()) {
            if (digest.keyDerivation() != DigestAlgorithm.NONE) {
                rows.add(start(digest.keyDerivation())
                        .legacy(digest.legacy())
                        .derives((base, template, keyType, parameters) -> {
                            Checks.noParameters(parameters);
                            return DerivedKey.cut(template, keyType, digest(digest, base));
                        })
                        .build());
            }
        }
        rows.add(shake(Ckm.CKM_SHAKE_128_KEY_DERIVATION, 128));
        rows.add(shake(Ckm.CKM_SHAKE_256_KEY_DERIVATION, 256));
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder start(long type) {
        return Mechanism.row(type, Mechanism.ANY_KEY_TYPE);
    }

    private byte[] digest(DigestAlgorithm digest, HsmObject base) {
        MessageDigest engine = engines.digest(digest.digestName());
        return Checks.secretValue(base).use(engine::digest);
    }

    /** An extendable output gives as many bytes as the template asks for. */
    private static Mechanism shake(long type, int bits) {
        return start(type)
                .derives((base, template, keyType, parameters) -> {
                    Checks.noParameters(parameters);
                    return shake(bits, base, template, keyType);
                })
                .build();
    }

    private static NewKey shake(int bits, HsmObject base, Template template, long keyType) {
        byte[] output = new byte[DerivedKey.length(template, keyType, bits / 4)];
        Checks.secretValue(base).use(bytes -> {
            SHAKEDigest shake = new SHAKEDigest(bits);
            shake.update(bytes, 0, bytes.length);
            return shake.doFinal(output, 0, output.length);
        });
        return DerivedKey.cut(template, keyType, output);
    }
}
