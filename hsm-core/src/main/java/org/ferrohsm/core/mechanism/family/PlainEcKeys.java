// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** CKK_EC keys on the curves that no faster engine has, by Bouncy Castle's arithmetic. */
final class PlainEcKeys {
    private PlainEcKeys() {}

    static EcKeys.Private privateKey(Curve curve, SecretBytes value, Engines engines) {
        return new Private(curve, new ECPrivateKeyParameters(BigIntegers.of(value), curve.domain()), engines);
    }

    static EcKeys.Public publicKey(Curve curve, byte[] point) {
        return new Public(curve, parameters(curve.domain(), point));
    }

    private static ECPublicKeyParameters parameters(ECDomainParameters domain, byte[] point) {
        return new ECPublicKeyParameters(domain.getCurve().decodePoint(point), domain);
    }

    private record Private(Curve curve, ECPrivateKeyParameters key, Engines engines) implements EcKeys.Private {
        @Override
        public byte[] sign(byte[] digest) {
            return EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
                ECDSASigner signer = new ECDSASigner();
                signer.init(true, new ParametersWithRandom(key, engines.random()));
                BigInteger[] halves = signer.generateSignature(digest);
                int width = curve.width();
                byte[] signature = Arrays.copyOf(BigIntegers.bytes(halves[0], width), 2 * width);
                System.arraycopy(BigIntegers.bytes(halves[1], width), 0, signature, width, width);
                return signature;
            });
        }

        @Override
        public SecretBytes agree(byte[] point) {
            return EngineCall.orFault(Fault.PUBLIC_KEY_INVALID, "no agreement with that point", () -> {
                ECDHBasicAgreement agreement = new ECDHBasicAgreement();
                agreement.init(key);
                BigInteger x = agreement.calculateAgreement(parameters(key.getParameters(), point));
                return SecretBytes.adopt(BigIntegers.bytes(x, curve.width()));
            });
        }
    }

    private record Public(Curve curve, ECPublicKeyParameters key) implements EcKeys.Public {
        @Override
        public boolean verify(byte[] digest, byte[] halves) {
            int half = halves.length / 2;
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, key);
            return signer.verifySignature(
                    digest,
                    BigIntegers.of(Arrays.copyOf(halves, half)),
                    BigIntegers.of(Arrays.copyOfRange(halves, half, halves.length)));
        }
    }
}
