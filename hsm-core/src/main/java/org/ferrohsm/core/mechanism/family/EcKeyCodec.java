// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys of CKK_EC: CKA_EC_PARAMS with CKA_EC_POINT or CKA_VALUE (PKCS#11 3.2 section 6.3). */
final class EcKeyCodec implements KeyCodec {
    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_EC);
    }

    /** The public half, with CKA_EC_POINT in its OCTET STRING and CKA_PUBLIC_KEY_INFO. */
    static AttributeSet publicParts(Curve curve, byte[] ecParams, byte[] point) {
        return AttributeSet.builder()
                .put(Cka.CKA_EC_PARAMS, ecParams)
                .put(Cka.CKA_EC_POINT, Der.element(Der.OCTET_STRING, point))
                .put(Cka.CKA_PUBLIC_KEY_INFO, curve.subjectPublicKeyInfo(point))
                .build();
    }

    /** The private half's public attributes: it has no CKA_EC_POINT of its own. */
    static AttributeSet privateParts(Curve curve, byte[] ecParams, byte[] point) {
        return AttributeSet.builder()
                .put(Cka.CKA_EC_PARAMS, ecParams)
                .put(Cka.CKA_PUBLIC_KEY_INFO, curve.subjectPublicKeyInfo(point))
                .build();
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        byte[] ecParams = attributes.bytes(Cka.CKA_EC_PARAMS);
        if (ecParams.length == 0) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_PARAMS is needed");
        }
        Curve curve = Curves.of(ecParams);
        if (objectClass == Cko.CKO_PUBLIC_KEY) {
            if (!attributes.contains(Cka.CKA_EC_POINT)) {
                throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_POINT is needed");
            }
            byte[] point = curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID);
            return new NewKey(
                    attributes.toBuilder()
                            .putAll(publicParts(curve, ecParams, point))
                            .build(),
                    secrets);
        }
        SecretBytes given = secrets.get(Cka.CKA_VALUE);
        if (given == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        NewKey key = privateKey(curve, ecParams, BigIntegers.of(given), Fault.ATTRIBUTE_VALUE_INVALID);
        given.close();
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            return attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
        }
        Curve curve = Curves.of(attributes.bytes(Cka.CKA_EC_PARAMS));
        return curve.subjectPublicKeyInfo(
                curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID));
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return Curves.of(key.attributes().bytes(Cka.CKA_EC_PARAMS)).privateKeyInfo(key.secret(Cka.CKA_VALUE));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            Curve curve = Curves.ofAlgorithm(algorithm);
            Der.Reader fields = new Der.Reader(
                    Der.content(Der.SEQUENCE, key, Fault.WRAPPED_KEY_INVALID), Fault.WRAPPED_KEY_INVALID);
            fields.next(Der.INTEGER);
            byte[] scalar = fields.next(Der.OCTET_STRING);
            try {
                return privateKey(curve, curve.oid(), BigIntegers.of(scalar), Fault.WRAPPED_KEY_INVALID);
            } finally {
                Arrays.fill(scalar, (byte) 0);
            }
        });
    }

    private static NewKey privateKey(Curve curve, byte[] ecParams, BigInteger scalar, Fault otherwise) {
        if (scalar.signum() == 0 || scalar.compareTo(curve.order()) >= 0) {
            throw otherwise.because("a private value that is not between 1 and the order of " + curve.jcaName());
        }
        return privateKey(curve, ecParams, pointOf(curve, scalar), scalar);
    }

    /** The private half of a scalar and a point that are known to belong together. */
    static NewKey privateKey(Curve curve, byte[] ecParams, byte[] point, BigInteger scalar) {
        return new NewKey(
                privateParts(curve, ecParams, point),
                SecretAttributes.of(Cka.CKA_VALUE, SecretBytes.adopt(BigIntegers.bytes(scalar, curve.width()))));
    }

    /** The public point of a scalar. */
    static byte[] pointOf(Curve curve, BigInteger scalar) {
        return new FixedPointCombMultiplier()
                .multiply(curve.domain().getG(), scalar)
                .getEncoded(false);
    }
}
