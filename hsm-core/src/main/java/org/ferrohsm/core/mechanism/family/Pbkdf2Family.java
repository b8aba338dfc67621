// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Ckp;
import org.ferrohsm.core.ck.Ckz;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.Pbkd2Parameters;
import org.ferrohsm.core.secret.SecretBytes;

/** PBKDF2 (RFC 8018, PKCS#11 3.2 section 6.37). */
final class Pbkdf2Family implements MechanismFamily {
    /** Beyond this a call would hold the caller up for minutes. */
    private static final long MAX_ITERATIONS = 100_000_000;

    private static final Map<Long, DigestAlgorithm> FUNCTIONS = Map.of(
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA1, DigestAlgorithm.SHA1,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA224, DigestAlgorithm.SHA224,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA256, DigestAlgorithm.SHA256,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA384, DigestAlgorithm.SHA384,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA512, DigestAlgorithm.SHA512,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA512_224, DigestAlgorithm.SHA512_224,
            Ckp.CKP_PKCS5_PBKD2_HMAC_SHA512_256, DigestAlgorithm.SHA512_256);

    private final Engines engines;

    Pbkdf2Family(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(Mechanism.row(Ckm.CKM_PKCS5_PBKD2, Mechanism.ANY_KEY_TYPE)
                .parameters(Pbkd2Parameters.class)
                .makesKeys(
                        (template, parameters) -> make(template, Checks.parameters(Pbkd2Parameters.class, parameters)))
                .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private NewKey make(Template template, Pbkd2Parameters given) {
        DigestAlgorithm digest = FUNCTIONS.get(given.prf());
        if (digest == null || given.saltSource() != Ckz.CKZ_SALT_SPECIFIED || given.prfData().length != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no such salt source or function");
        }
        checkIterations(given.iterations());
        AttributeValue type = template.get(Cka.CKA_KEY_TYPE);
        long keyType = type == null ? Ckk.CKK_GENERIC_SECRET : type.asLong();
        int length = DerivedKey.length(template, keyType, digest.length());
        try (SecretBytes password = SecretBytes.adopt(given.password())) {
            MacFunction function = HmacKey.initialised(digest, password, engines);
            return DerivedKey.cut(
                    template, keyType, stretched(function, given.salt(), (int) given.iterations(), length));
        }
    }

    /** MECHANISM_PARAM_INVALID for none, and for so many that a call would not end. */
    static void checkIterations(long iterations) {
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw Fault.MECHANISM_PARAM_INVALID.because(iterations + " iterations");
        }
    }

    private static byte[] stretched(MacFunction function, byte[] salt, int iterations, int length) {
        byte[] output = new byte[length];
        for (int at = 0, index = 1; at < length; index++) {
            byte[] number = {(byte) (index >> 24), (byte) (index >> 16), (byte) (index >> 8), (byte) index};
            byte[] last = Prf.run(function, salt, number);
            byte[] sum = last.clone();
            for (int round = 1; round < iterations; round++) {
                last = Prf.run(function, last);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] ^= last[i];
                }
            }
            int count = Math.min(sum.length, length - at);
            System.arraycopy(sum, 0, output, at, count);
            Arrays.fill(sum, (byte) 0);
            at += count;
        }
        return output;
    }
}
