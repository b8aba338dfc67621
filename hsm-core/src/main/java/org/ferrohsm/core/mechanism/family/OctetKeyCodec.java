// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys of an {@link OctetCurve}: CKA_EC_PARAMS with CKA_EC_POINT or CKA_VALUE (PKCS#11 3.2 section 6.3, RFC 8410). */
abstract class OctetKeyCodec<C extends OctetCurve> implements KeyCodec {
    private final long keyType;
    private final List<C> curves;

    /** Of keys of the type {@code keyType}, CKK_*, on {@code curves}. */
    OctetKeyCodec(long keyType, List<C> curves) {
        this.keyType = keyType;
        this.curves = curves;
    }

    /** The public half. */
    static NewKey publicKey(OctetCurve curve, byte[] ecParams, byte[] point) {
        return new NewKey(
                common(curve, ecParams, point)
                        .put(Cka.CKA_EC_POINT, curve.ecPoint(point))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half of a known point; takes the private key over. */
    static NewKey privateKey(OctetCurve curve, byte[] ecParams, byte[] point, SecretBytes privateKey) {
        return new NewKey(common(curve, ecParams, point).build(), SecretAttributes.of(Cka.CKA_VALUE, privateKey));
    }

    private static AttributeSet.Builder common(OctetCurve curve, byte[] ecParams, byte[] point) {
        return AttributeSet.builder()
                .put(Cka.CKA_EC_PARAMS, ecParams)
                .put(Cka.CKA_PUBLIC_KEY_INFO, curve.subjectPublicKeyInfo(point));
    }

    /**
     * The private key in a CKA_VALUE that a caller gave.
     *
     * @throws org.ferrohsm.core.fault.HsmException ATTRIBUTE_VALUE_INVALID if it is none of {@code curve}
     */
    SecretBytes given(C curve, SecretBytes value) {
        if (value.length() != curve.width()) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a private key of " + value.length() + " bytes");
        }
        return value.copy();
    }

    @Override
    public final Set<Long> keyTypes() {
        return Set.of(keyType);
    }

    @Override
    public final NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        byte[] ecParams = attributes.bytes(Cka.CKA_EC_PARAMS);
        if (ecParams.length == 0) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_PARAMS is needed");
        }
        C curve = OctetCurve.named(curves, ecParams);
        NewKey key = objectClass == Cko.CKO_PUBLIC_KEY
                ? completePublic(curve, ecParams, attributes)
                : completePrivate(curve, ecParams, secrets);
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static NewKey completePublic(OctetCurve curve, byte[] ecParams, AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_POINT is needed");
        }
        byte[] point = curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID);
        return publicKey(curve, ecParams, curve.checked(point));
    }

    private NewKey completePrivate(C curve, byte[] ecParams, SecretAttributes secrets) {
        SecretBytes value = secrets.get(Cka.CKA_VALUE);
        if (value == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        SecretBytes privateKey = given(curve, value);
        secrets.close();
        return privateKey(curve, ecParams, curve.publicKey(privateKey), privateKey);
    }

    @Override
    public final byte[] publicKeyInfo(AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            return attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
        }
        C curve = OctetCurve.named(curves, attributes.bytes(Cka.CKA_EC_PARAMS));
        return curve.subjectPublicKeyInfo(
                curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID));
    }

    @Override
    public final byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public final SecretBytes serialise(HsmObject key) {
        return OctetCurve.named(curves, key.attributes().bytes(Cka.CKA_EC_PARAMS))
                .privateKeyInfo(key.secret(Cka.CKA_VALUE));
    }

    @Override
    public final NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            C curve = OctetCurve.ofAlgorithm(curves, algorithm)
                    .orElseThrow(() -> Fault.WRAPPED_KEY_INVALID.because("a key of another algorithm"));
            byte[] bytes = Der.content(Der.OCTET_STRING, key, Fault.WRAPPED_KEY_INVALID);
            if (bytes.length != curve.width()) {
                throw Fault.WRAPPED_KEY_INVALID.because("a private key of " + bytes.length + " bytes");
            }
            SecretBytes privateKey = SecretBytes.adopt(bytes);
            return privateKey(curve, curve.oid(), curve.publicKey(privateKey), privateKey);
        });
    }
}
