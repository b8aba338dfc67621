// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Set;
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

/** Keys of CKK_EC_MONTGOMERY: CKA_EC_PARAMS with CKA_EC_POINT or CKA_VALUE (PKCS#11 3.2 section 6.3, RFC 7748). */
final class MontgomeryKeyCodec implements KeyCodec {
    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_EC_MONTGOMERY);
    }

    /** The public half, CKA_EC_POINT being the bare bytes. */
    static NewKey publicKey(MontgomeryCurve curve, byte[] ecParams, byte[] point) {
        return new NewKey(
                common(curve, ecParams, point).put(Cka.CKA_EC_POINT, point).build(), SecretAttributes.none());
    }

    /** The private half; takes the scalar over. */
    static NewKey privateKey(MontgomeryCurve curve, byte[] ecParams, SecretBytes scalar) {
        return new NewKey(
                common(curve, ecParams, curve.publicKey(scalar)).build(), SecretAttributes.of(Cka.CKA_VALUE, scalar));
    }

    private static AttributeSet.Builder common(MontgomeryCurve curve, byte[] ecParams, byte[] point) {
        return AttributeSet.builder()
                .put(Cka.CKA_EC_PARAMS, ecParams)
                .put(Cka.CKA_PUBLIC_KEY_INFO, curve.subjectPublicKeyInfo(point));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        byte[] ecParams = attributes.bytes(Cka.CKA_EC_PARAMS);
        if (ecParams.length == 0) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_PARAMS is needed");
        }
        MontgomeryCurve curve = MontgomeryCurve.of(ecParams);
        NewKey key = objectClass == Cko.CKO_PUBLIC_KEY
                ? completePublic(curve, ecParams, attributes)
                : completePrivate(curve, ecParams, secrets);
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static NewKey completePublic(MontgomeryCurve curve, byte[] ecParams, AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_POINT is needed");
        }
        byte[] point = curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID);
        return publicKey(curve, ecParams, curve.checked(point));
    }

    private static NewKey completePrivate(MontgomeryCurve curve, byte[] ecParams, SecretAttributes secrets) {
        SecretBytes given = secrets.get(Cka.CKA_VALUE);
        if (given == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        if (given.length() != curve.width()) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a private key of " + given.length() + " bytes");
        }
        NewKey key = privateKey(curve, ecParams, given.copy());
        secrets.close();
        return key;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            return attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
        }
        MontgomeryCurve curve = MontgomeryCurve.of(attributes.bytes(Cka.CKA_EC_PARAMS));
        return curve.subjectPublicKeyInfo(
                curve.point(attributes.bytes(Cka.CKA_EC_POINT), Fault.ATTRIBUTE_VALUE_INVALID));
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return MontgomeryCurve.of(key.attributes().bytes(Cka.CKA_EC_PARAMS)).privateKeyInfo(key.secret(Cka.CKA_VALUE));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            MontgomeryCurve curve = MontgomeryCurve.ofAlgorithm(algorithm)
                    .orElseThrow(() -> Fault.WRAPPED_KEY_INVALID.because("no X25519 or X448 key"));
            byte[] scalar = Der.content(Der.OCTET_STRING, key, Fault.WRAPPED_KEY_INVALID);
            if (scalar.length != curve.width()) {
                throw Fault.WRAPPED_KEY_INVALID.because("a private key of " + scalar.length + " bytes");
            }
            return privateKey(curve, curve.oid(), SecretBytes.adopt(scalar));
        });
    }
}
