// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.function.BiPredicate;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** Verification of HSS/LMS, XMSS and XMSS^MT (PKCS#11 3.2 sections 6.65 and 6.66, NIST SP 800-208). */
final class HashTreeFamily implements MechanismFamily {
    private static final int MAX_MESSAGE = 1 << 26;

    /** A public key in its engine's form. */
    private record Prepared(BiPredicate<byte[], byte[]> verifier) {}

    @Override
    public List<Mechanism> mechanisms() {
        return HashTreeScheme.ALL.stream()
                .map(scheme -> Mechanism.row(scheme.mechanism(), scheme.keyType())
                        .verifies((key, parameters) -> verifier(scheme, key, parameters))
                        .build())
                .toList();
    }

    @Override
    public List<KeyCodec> codecs() {
        return HashTreeScheme.ALL.stream().<KeyCodec>map(HashTreeKeyCodec::new).toList();
    }

    private static Verifier verifier(HashTreeScheme scheme, HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        Checks.key(key, Cko.CKO_PUBLIC_KEY, scheme.keyType());
        Prepared prepared = key.prepared(
                Prepared.class,
                k -> EngineCall.orFault(
                        Fault.PUBLIC_KEY_INVALID,
                        "no public key of that algorithm",
                        () -> new Prepared(
                                scheme.verifier().apply(k.attributes().bytes(Cka.CKA_VALUE)))));
        return new WholeVerifier(MAX_MESSAGE, (data, signature) -> {
            boolean good = EngineCall.orFault(
                    Fault.SIGNATURE_INVALID,
                    "the engine refuses the signature",
                    () -> prepared.verifier.test(data, signature));
            if (!good) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }
}
