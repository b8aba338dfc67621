// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyWrapper;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.parameter.EcdhAesWrapParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * Wrapping by ECDH: a temporary key agrees with the wrapping key on an AES key, which wraps the key (PKCS#11 3.2 section
 * 6.3, "ECDH AES KEY WRAP" and the two after it). The temporary public key stands in front.
 */
final class EcdhWrapFamily implements MechanismFamily {
    private final Engines engines;

    EcdhWrapFamily(Engines engines) {
        this.engines = engines;
    }

    /** The cofactor of all these curves is one or part of the function itself. */
    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                ec(Ckm.CKM_ECDH_AES_KEY_WRAP)
                        .alsoTakes(Ckk.CKK_EC_MONTGOMERY)
                        .wraps(new Wrapper(false))
                        .build(),
                ec(Ckm.CKM_ECDH_COF_AES_KEY_WRAP).wraps(new Wrapper(true)).build(),
                Mechanism.row(Ckm.CKM_ECDH_X_AES_KEY_WRAP, Ckk.CKK_EC_MONTGOMERY)
                        .keySizes(MontgomeryCurve.X25519_CURVE.bits(), MontgomeryCurve.X448_CURVE.bits())
                        .parameters(EcdhAesWrapParameters.class)
                        .wraps(new Wrapper(false))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder ec(long type) {
        return Mechanism.row(type, Ckk.CKK_EC)
                .keySizes(Curves.MIN_BITS, Curves.MAX_BITS)
                .flags(EcFamily.FLAGS)
                .parameters(EcdhAesWrapParameters.class);
    }

    private final class Wrapper implements KeyWrapper {
        private final boolean pointInOctetString;

        Wrapper(boolean pointInOctetString) {
            this.pointInOctetString = pointInOctetString;
        }

        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters given) {
            EcdhAesWrapParameters parameters = Checks.parameters(EcdhAesWrapParameters.class, given);
            int length = AesKwp.keyLength(parameters.aesKeyBits());
            KeyDerivation derivation = KeyDerivation.of(parameters.kdf(), parameters.sharedData(), engines);
            Ecdh.Temporary agreed = Ecdh.agreeOnce(wrappingKey, engines);
            byte[] point = pointInOctetString ? Der.element(Der.OCTET_STRING, agreed.point()) : agreed.point();
            try (SecretBytes secret = agreed.secret();
                    SecretBytes temporary = derivation.deriveFirst(secret, length)) {
                return Bytes.joined(point, AesKwp.wrap(temporary, serialised, engines));
            }
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters given) {
            EcdhAesWrapParameters parameters = Checks.parameters(EcdhAesWrapParameters.class, given);
            int length = AesKwp.keyLength(parameters.aesKeyBits());
            KeyDerivation derivation = KeyDerivation.of(parameters.kdf(), parameters.sharedData(), engines);
            byte[] point;
            byte[] rest;
            if (pointInOctetString) {
                Der.Reader parts = new Der.Reader(wrapped, Fault.WRAPPED_KEY_INVALID);
                point = parts.next(Der.OCTET_STRING);
                rest = parts.rest();
            } else {
                int pointLength = Ecdh.pointLength(unwrappingKey);
                if (wrapped.length <= pointLength) {
                    throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
                }
                point = Arrays.copyOf(wrapped, pointLength);
                rest = Arrays.copyOfRange(wrapped, pointLength, wrapped.length);
            }
            try (SecretBytes secret = Ecdh.agree(unwrappingKey, point, Fault.WRAPPED_KEY_INVALID, engines);
                    SecretBytes temporary = derivation.deriveFirst(secret, length)) {
                return AesKwp.unwrap(temporary, rest, engines);
            }
        }
    }
}
