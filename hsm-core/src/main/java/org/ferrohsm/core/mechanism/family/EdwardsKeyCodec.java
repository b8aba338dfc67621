// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
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

/** Keys of CKK_EC_EDWARDS: CKA_EC_PARAMS with CKA_EC_POINT, or with the seed as CKA_VALUE (PKCS#11 3.2 section 6.3). */
final class EdwardsKeyCodec implements KeyCodec {
    @Override
    public Set<Long> keyTypes() {
        return Set.of(Ckk.CKK_EC_EDWARDS);
    }

    /** The public half. */
    static NewKey publicKey(EdwardsCurve curve, byte[] ecParams, byte[] point) {
        return new NewKey(
                common(curve, ecParams, point)
                        .put(Cka.CKA_EC_POINT, Der.element(Der.OCTET_STRING, point))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half; takes the seed over. */
    static NewKey privateKey(EdwardsCurve curve, byte[] ecParams, byte[] point, SecretBytes seed) {
        return new NewKey(common(curve, ecParams, point).build(), SecretAttributes.of(Cka.CKA_VALUE, seed));
    }

    private static AttributeSet.Builder common(EdwardsCurve curve, byte[] ecParams, byte[] point) {
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
        EdwardsCurve curve = EdwardsCurve.of(ecParams);
        NewKey key = objectClass == Cko.CKO_PUBLIC_KEY
                ? completePublic(curve, ecParams, attributes)
                : completePrivate(curve, ecParams, secrets);
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static NewKey completePublic(EdwardsCurve curve, byte[] ecParams, AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_POINT is needed");
        }
        return publicKey(curve, ecParams, curve.checked(curve.point(attributes.bytes(Cka.CKA_EC_POINT))));
    }

    /** Some callers give the seed with the public key behind it, as OpenSSH and NaCl keep it. */
    private static NewKey completePrivate(EdwardsCurve curve, byte[] ecParams, SecretAttributes secrets) {
        SecretBytes given = secrets.get(Cka.CKA_VALUE);
        if (given == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        int width = curve.width();
        NewKey key = given.use(bytes -> {
            if (bytes.length != width && bytes.length != 2 * width) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because("a private key of " + bytes.length + " bytes");
            }
            byte[] seed = Arrays.copyOf(bytes, width);
            byte[] point = curve.publicKey(seed);
            if (bytes.length > width && !Arrays.equals(bytes, width, bytes.length, point, 0, point.length)) {
                Arrays.fill(seed, (byte) 0);
                throw Fault.ATTRIBUTE_VALUE_INVALID.because("the public key behind the seed is another's");
            }
            return privateKey(curve, ecParams, point, SecretBytes.adopt(seed));
        });
        secrets.close();
        return key;
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            return attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
        }
        EdwardsCurve curve = EdwardsCurve.of(attributes.bytes(Cka.CKA_EC_PARAMS));
        return curve.subjectPublicKeyInfo(curve.point(attributes.bytes(Cka.CKA_EC_POINT)));
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return EdwardsCurve.of(key.attributes().bytes(Cka.CKA_EC_PARAMS)).privateKeyInfo(key.secret(Cka.CKA_VALUE));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            EdwardsCurve curve = EdwardsCurve.ofAlgorithm(algorithm)
                    .orElseThrow(() -> Fault.WRAPPED_KEY_INVALID.because("no Ed25519 or Ed448 key"));
            byte[] seed = Der.content(Der.OCTET_STRING, key, Fault.WRAPPED_KEY_INVALID);
            if (seed.length != curve.width()) {
                throw Fault.WRAPPED_KEY_INVALID.because("a seed of " + seed.length + " bytes");
            }
            return privateKey(curve, curve.oid(), curve.publicKey(seed), SecretBytes.adopt(seed));
        });
    }
}
