// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.DHPrivateKeySpec;
import javax.crypto.spec.DHPublicKeySpec;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** What two keys of a finite field agree on. */
final class DhAgreement {
    private static final String DH = "DH";

    private final Engines engines;

    DhAgreement(Engines engines) {
        this.engines = engines;
    }

    /** A private key in its engine's form. */
    private record Prepared(PrivateKey key) {}

    /** The secret, as wide as the prime; PUBLIC_KEY_INVALID for a public value outside of the group. */
    SecretBytes secret(HsmObject mine, FiniteFieldGroup group, BigInteger theirs) {
        if (!group.contains(theirs)) {
            throw Fault.PUBLIC_KEY_INVALID.because("a public value out of range");
        }
        Prepared prepared = mine.prepared(Prepared.class, key -> prepare(key, group));
        byte[] secret = EngineCall.orFault(Fault.PUBLIC_KEY_INVALID, "no agreement with that value", () -> {
            KeyFactory factory = engines.keyFactory(DH);
            KeyAgreement agreement = engines.keyAgreement(DH);
            agreement.init(prepared.key);
            agreement.doPhase(factory.generatePublic(new DHPublicKeySpec(theirs, group.prime(), group.base())), true);
            return agreement.generateSecret();
        });
        try (SecretBytes agreed = SecretBytes.adopt(secret)) {
            return agreed.use(bytes -> SecretBytes.adopt(BigIntegers.bytes(BigIntegers.of(bytes), width(group))));
        }
    }

    /** Bytes of the prime, of public values and of agreed secrets. */
    static int width(FiniteFieldGroup group) {
        return (group.prime().bitLength() + 7) / 8;
    }

    private Prepared prepare(HsmObject key, FiniteFieldGroup group) {
        return EngineCall.orFault(
                Fault.FUNCTION_FAILED,
                "the engine refuses the key",
                () -> new Prepared(engines.keyFactory(DH)
                        .generatePrivate(new DHPrivateKeySpec(
                                BigIntegers.of(key.secret(Cka.CKA_VALUE)), group.prime(), group.base()))));
    }
}
