// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.Set;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;

/** AES-XTS for storage (PKCS#11 3.2 section 6.14, NIST SP 800-38E). */
final class AesXtsFamily implements MechanismFamily {
    private final Engines engines;

    AesXtsFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        SecretKeyType keys = SecretKeyType.AES_XTS;
        return List.of(
                new SecretKeyMaker(engines).row(Ckm.CKM_AES_XTS_KEY_GEN, keys).build(),
                Mechanism.row(Ckm.CKM_AES_XTS, keys.number())
                        .keySizes(keys.min(), keys.max())
                        .parameters(RawParameters.class)
                        .encrypts((key, parameters) -> open(key, parameters, true))
                        .decrypts((key, parameters) -> open(key, parameters, false))
                        .build());
    }

    /** No block cipher takes the whole key, so that its check value is a digest's. */
    @Override
    public List<KeyCodec> codecs() {
        return List.of(new SecretKeyCodec(
                Set.of(SecretKeyType.AES_XTS.number()),
                SecretKeyType.AES_XTS::isLength,
                SecretKeyCodec.byDigest(() -> engines.digest(Hash.SHA1.digestName()))));
    }

    private CipherStream open(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        Checks.key(key, Cko.CKO_SECRET_KEY, SecretKeyType.AES_XTS.number());
        byte[] unit = Checks.parameters(RawParameters.class, parameters).bytes();
        if (unit.length != Xts.BLOCK) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a data unit number of " + unit.length + " bytes");
        }
        Xts xts = key.prepared(Xts.class, k -> new Xts(k.secret(Cka.CKA_VALUE), engines));
        return WholeCipher.keepingLength(encrypting, Xts.BLOCK, data -> xts.run(encrypting, unit, data));
    }
}
