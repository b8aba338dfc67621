// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.Mechanism.KeyMaker;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.PbeParameters;

/** Keys and IVs that the older PKCS #12 files are made with (RFC 7292 appendix B, PKCS#11 3.2 section 6.38). */
final class Pkcs12Family implements MechanismFamily {
    private static final int IV_BITS = 64;
    private static final int MAC_KEY_BYTES = 20;

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_PBE_SHA1_DES3_EDE_CBC, SecretKeyType.DES3, SecretKeyType.DES3.max(), true),
                row(Ckm.CKM_PBE_SHA1_DES2_EDE_CBC, SecretKeyType.DES2, SecretKeyType.DES2.max(), true),
                row(Ckm.CKM_PBA_SHA1_WITH_SHA1_HMAC, SecretKeyType.GENERIC, MAC_KEY_BYTES, false));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    /** {@code cipher}: for a cipher, with its IV; otherwise for a MAC. */
    private static Mechanism row(long type, SecretKeyType keyType, int bytes, boolean cipher) {
        return Mechanism.row(type, keyType.number())
                .legacy()
                .keySizes(bytes, bytes)
                .parameters(PbeParameters.class)
                .makesKeys(new Maker(keyType, bytes, cipher))
                .build();
    }

    private record Maker(SecretKeyType keyType, int bytes, boolean cipher) implements KeyMaker {
        @Override
        public NewKey make(Template template, MechanismParameters parameters) {
            PbeParameters given = Checks.parameters(PbeParameters.class, parameters);
            try {
                if (DerivedKey.length(template, keyType.number(), bytes) != bytes) {
                    throw Fault.TEMPLATE_INCONSISTENT.because("the mechanism makes keys of " + bytes + " bytes");
                }
                PKCS12ParametersGenerator generator = started(given);
                KeyParameter key = (KeyParameter)
                        (cipher
                                ? generator.generateDerivedParameters(8 * bytes)
                                : generator.generateDerivedMacParameters(8 * bytes));
                return DerivedKey.cut(template, keyType.number(), key.getKey());
            } finally {
                Arrays.fill(given.password(), (byte) 0);
            }
        }

        @Override
        public List<byte[]> outputs(MechanismParameters parameters) {
            if (!cipher) {
                return List.of();
            }
            PKCS12ParametersGenerator generator = started(Checks.parameters(PbeParameters.class, parameters));
            ParametersWithIV both = (ParametersWithIV) generator.generateDerivedParameters(8 * bytes, IV_BITS);
            Arrays.fill(((KeyParameter) both.getParameters()).getKey(), (byte) 0);
            return List.of(both.getIV());
        }

        private static PKCS12ParametersGenerator started(PbeParameters given) {
            Pbkdf2Family.checkIterations(given.iterations());
            PKCS12ParametersGenerator generator = new PKCS12ParametersGenerator(new SHA1Digest());
            generator.init(given.password(), given.salt(), (int) given.iterations());
            return generator;
        }
    }
}
