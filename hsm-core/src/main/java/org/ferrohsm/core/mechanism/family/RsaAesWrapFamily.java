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
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RsaAesWrapParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Wrapping keys of any length by RSA: OAEP wraps a temporary AES key, which wraps the key (PKCS#11 3.2 section 6.1.19). */
final class RsaAesWrapFamily implements MechanismFamily {
    private final Engines engines;

    RsaAesWrapFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(Mechanism.row(Ckm.CKM_RSA_AES_KEY_WRAP, Ckk.CKK_RSA)
                .keySizes(RsaKeyCodec.MIN_BITS, RsaKeyCodec.MAX_BITS)
                .parameters(RsaAesWrapParameters.class)
                .wraps(new Wrapper())
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private final class Wrapper implements KeyWrapper {
        private final KeyWrapper oaep = new OaepWrapper(engines);

        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters given) {
            RsaAesWrapParameters parameters = Checks.parameters(RsaAesWrapParameters.class, given);
            byte[] random = new byte[AesKwp.keyLength(parameters.aesKeyBits())];
            engines.random().nextBytes(random);
            try (SecretBytes temporary = SecretBytes.adopt(random)) {
                byte[] wrappedTemporary = oaep.wrap(wrappingKey, temporary, parameters.oaep());
                return Bytes.joined(wrappedTemporary, AesKwp.wrap(temporary, serialised, engines));
            }
        }

        /** Whatever is wrong in either half is the same fault, so that the halves cannot be tried apart (T13). */
        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters given) {
            RsaAesWrapParameters parameters = Checks.parameters(RsaAesWrapParameters.class, given);
            int length = AesKwp.keyLength(parameters.aesKeyBits());
            int width = RsaKeys.privateKey(unwrappingKey, engines).bytes();
            if (wrapped.length <= width) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
            }
            try (SecretBytes temporary = oaep.unwrap(unwrappingKey, Arrays.copyOf(wrapped, width), parameters.oaep())) {
                if (temporary.length() != length) {
                    throw Fault.WRAPPED_KEY_INVALID.because("a temporary key of another length");
                }
                return AesKwp.unwrap(temporary, Arrays.copyOfRange(wrapped, width, wrapped.length), engines);
            }
        }
    }
}
