// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.HkdfParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** HKDF (RFC 5869, PKCS#11 3.2 section 6.62). */
final class HkdfFamily implements MechanismFamily {
    private static final int MAX_BLOCKS = 255;

    private final Engines engines;

    HkdfFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        SecretKeyType keys = SecretKeyType.HKDF;
        return List.of(
                new SecretKeyMaker(engines).row(Ckm.CKM_HKDF_KEY_GEN, keys).build(),
                Mechanism.row(Ckm.CKM_HKDF_DERIVE, keys.number())
                        .alsoTakes(Ckk.CKK_GENERIC_SECRET)
                        .keySizes(keys.min(), keys.max())
                        .parameters(HkdfParameters.class)
                        .derives((base, template, keyType, parameters) ->
                                derive(base, template, keyType, Checks.parameters(HkdfParameters.class, parameters)))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private NewKey derive(HsmObject base, Template template, long keyType, HkdfParameters hkdf) {
        SecretBytes value = Checks.secretValue(base);
        if (!hkdf.extract() && !hkdf.expand()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("neither extraction nor expansion");
        }
        Prf prf = Prf.of(DigestAlgorithm.ofPrf(hkdf.hash()).hmac(), engines);
        if (!hkdf.extract()) {
            return DerivedKey.cut(template, keyType, expanded(prf, value, hkdf.info(), template, keyType));
        }
        byte[] extracted = extracted(prf, value, hkdf);
        if (!hkdf.expand()) {
            return DerivedKey.cut(template, keyType, extracted);
        }
        try (SecretBytes pseudorandom = SecretBytes.adopt(extracted)) {
            return DerivedKey.cut(template, keyType, expanded(prf, pseudorandom, hkdf.info(), template, keyType));
        }
    }

    private byte[] extracted(Prf prf, SecretBytes value, HkdfParameters hkdf) {
        try (SecretBytes salt = salt(prf, hkdf)) {
            MacFunction function = prf.under(salt);
            return value.use(bytes -> Prf.run(function, bytes));
        }
    }

    private static SecretBytes salt(Prf prf, HkdfParameters hkdf) {
        if (hkdf.saltType() == Ckf.CKF_HKDF_SALT_NULL) {
            return SecretBytes.adopt(new byte[prf.length()]);
        }
        if (hkdf.saltType() == Ckf.CKF_HKDF_SALT_DATA) {
            return SecretBytes.copyOf(hkdf.salt());
        }
        HsmObject key = hkdf.saltKey();
        if (hkdf.saltType() != Ckf.CKF_HKDF_SALT_KEY || key == null) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no salt of type " + hkdf.saltType());
        }
        return Checks.secretValue(key).copy();
    }

    private static byte[] expanded(Prf prf, SecretBytes key, byte[] info, Template template, long keyType) {
        int length = DerivedKey.length(template, keyType, prf.length());
        if (length > MAX_BLOCKS * prf.length()) {
            throw Fault.KEY_SIZE_RANGE.because("more bytes than the expansion gives");
        }
        MacFunction function = prf.under(key);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int at = 0, counter = 1; at < length; at += prf.length(), counter++) {
            block = Prf.run(function, block, info, new byte[] {(byte) counter});
            System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
        }
        Arrays.fill(block, (byte) 0);
        return output;
    }
}
