// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.ExtractParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.OtherKeyParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys put together from others and from data (PKCS#11 3.2 section 6.43). */
final class SimpleDerivationFamily implements MechanismFamily {
    /**
     * In bytes. What a derived key owes to the base key must be all of it or so much: shorter pieces of a secret could be
     * guessed one after the other (T18).
     */
    private static final int MIN_SECRET = 14;

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_CONCATENATE_BASE_AND_KEY)
                        .parameters(OtherKeyParameters.class)
                        .derives((base, template, keyType, parameters) -> concatenated(
                                base, template, keyType, Checks.parameters(OtherKeyParameters.class, parameters)))
                        .build(),
                row(Ckm.CKM_CONCATENATE_BASE_AND_DATA)
                        .parameters(StringDataParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            byte[] data = data(parameters);
                            return Checks.secretValue(base)
                                    .use(value -> cut(template, keyType, Bytes.joined(value, data), 0, value.length));
                        })
                        .build(),
                row(Ckm.CKM_CONCATENATE_DATA_AND_BASE)
                        .parameters(StringDataParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            byte[] data = data(parameters);
                            return Checks.secretValue(base)
                                    .use(value -> cut(
                                            template, keyType, Bytes.joined(data, value), data.length, value.length));
                        })
                        .build(),
                row(Ckm.CKM_XOR_BASE_AND_DATA)
                        .parameters(StringDataParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            byte[] data = data(parameters);
                            return Checks.secretValue(base)
                                    .use(value -> cut(template, keyType, xored(value, data), 0, value.length));
                        })
                        .build(),
                row(Ckm.CKM_EXTRACT_KEY_FROM_KEY)
                        .parameters(ExtractParameters.class)
                        .derives((base, template, keyType, parameters) -> extracted(
                                base,
                                template,
                                keyType,
                                Checks.parameters(ExtractParameters.class, parameters)
                                        .firstBit()))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Mechanism.ANY_KEY_TYPE).keepsProtection();
    }

    private static byte[] data(MechanismParameters parameters) {
        return Checks.parameters(StringDataParameters.class, parameters).data();
    }

    private static byte[] xored(byte[] value, byte[] data) {
        byte[] mixed = Arrays.copyOf(value, Math.min(value.length, data.length));
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= data[i];
        }
        return mixed;
    }

    private static NewKey concatenated(HsmObject base, Template template, long keyType, OtherKeyParameters other) {
        HsmObject second = other.key();
        if (second == null) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no other key");
        }
        return Checks.secretValue(base)
                .use(first -> Checks.secretValue(second)
                        .use(last -> cut(template, keyType, Bytes.joined(first, last), 0, first.length)));
    }

    /** The first bytes of {@code material}, in which the base key's own lie from {@code from} on. */
    private static NewKey cut(Template template, long keyType, byte[] material, int from, int count) {
        int length = DerivedKey.length(template, keyType, material.length);
        if (length < from + Math.min(count, MIN_SECRET)) {
            Arrays.fill(material, (byte) 0);
            throw Fault.TEMPLATE_INCONSISTENT.because("too little of the base key would be in the derived one");
        }
        return DerivedKey.cut(template, keyType, material);
    }

    /** Consecutive bits, going on at the first after the last. */
    private static NewKey extracted(HsmObject base, Template template, long keyType, long firstBit) {
        SecretBytes secret = Checks.secretValue(base);
        SecretKeyType type = SecretKeyType.of(keyType);
        if (!template.contains(Cka.CKA_VALUE_LEN) && (type == null || !type.hasOneLength())) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE_LEN is needed");
        }
        int length = DerivedKey.length(template, keyType, secret.length());
        if (firstBit < 0 || firstBit >= 8L * secret.length()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("the base key has no bit " + firstBit);
        }
        if (length > secret.length()) {
            throw Fault.TEMPLATE_INCONSISTENT.because("more bytes than the base key has");
        }
        return DerivedKey.cut(template, keyType, secret.use(value -> bits(value, firstBit, length)));
    }

    private static byte[] bits(byte[] value, long firstBit, int length) {
        int start = (int) (firstBit / 8);
        int shift = (int) (firstBit % 8);
        byte[] bits = new byte[length];
        for (int i = 0; i < length; i++) {
            int high = value[(start + i) % value.length] & 0xff;
            int low = value[(start + i + 1) % value.length] & 0xff;
            bits[i] = (byte) (((high << 8 | low) << shift) >> 8);
        }
        return bits;
    }
}
