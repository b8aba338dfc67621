// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
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
    static NewKey publicKey(byte[] ecParams, byte[] point) {
        return new NewKey(
                common(ecParams, point)
                        .put(Cka.CKA_EC_POINT, Der.element(Der.OCTET_STRING, point))
                        .build(),
                SecretAttributes.none());
    }

    /** The private half; takes the seed over. */
    static NewKey privateKey(byte[] ecParams, byte[] point, SecretBytes seed) {
        return new NewKey(common(ecParams, point).build(), SecretAttributes.of(Cka.CKA_VALUE, seed));
    }

    private static AttributeSet.Builder common(byte[] ecParams, byte[] point) {
        return AttributeSet.builder()
                .put(Cka.CKA_EC_PARAMS, ecParams)
                .put(Cka.CKA_PUBLIC_KEY_INFO, EdwardsKeys.subjectPublicKeyInfo(point));
    }

    @Override
    public NewKey complete(long objectClass, AttributeSet attributes, SecretAttributes secrets) {
        byte[] ecParams = attributes.bytes(Cka.CKA_EC_PARAMS);
        if (ecParams.length == 0) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_PARAMS is needed");
        }
        EdwardsKeys.checkParams(ecParams);
        NewKey key = objectClass == Cko.CKO_PUBLIC_KEY
                ? completePublic(ecParams, attributes)
                : completePrivate(ecParams, secrets);
        return new NewKey(attributes.toBuilder().putAll(key.attributes()).build(), key.secrets());
    }

    private static NewKey completePublic(byte[] ecParams, AttributeSet attributes) {
        if (!attributes.contains(Cka.CKA_EC_POINT)) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_EC_POINT is needed");
        }
        byte[] point = EdwardsKeys.point(attributes.bytes(Cka.CKA_EC_POINT));
        if (!Ed25519.validatePublicKeyFull(point, 0)) {
            throw Fault.PUBLIC_KEY_INVALID.because("no point of the right order on edwards25519");
        }
        return publicKey(ecParams, point);
    }

    /** Some callers give the seed with the public key behind it, as OpenSSH and NaCl keep it. */
    private static NewKey completePrivate(byte[] ecParams, SecretAttributes secrets) {
        SecretBytes given = secrets.get(Cka.CKA_VALUE);
        if (given == null) {
            throw Fault.TEMPLATE_INCOMPLETE.because("CKA_VALUE is needed");
        }
        NewKey key = given.use(bytes -> {
            if (bytes.length != EdwardsKeys.WIDTH && bytes.length != 2 * EdwardsKeys.WIDTH) {
                throw Fault.ATTRIBUTE_VALUE_INVALID.because("an Ed25519 private key of " + bytes.length + " bytes");
            }
            NewKey made = ofSeed(ecParams, Arrays.copyOf(bytes, EdwardsKeys.WIDTH));
            byte[] point = pointOf(made.attributes());
            if (bytes.length > EdwardsKeys.WIDTH
                    && !Arrays.equals(bytes, EdwardsKeys.WIDTH, bytes.length, point, 0, point.length)) {
                made.secrets().close();
                throw Fault.ATTRIBUTE_VALUE_INVALID.because("the public key behind the seed is another's");
            }
            return made;
        });
        secrets.close();
        return key;
    }

    private static NewKey ofSeed(byte[] ecParams, byte[] seed) {
        byte[] point = new byte[EdwardsKeys.WIDTH];
        Ed25519.generatePublicKey(seed, 0, point, 0);
        return privateKey(ecParams, point, SecretBytes.adopt(seed));
    }

    private static byte[] pointOf(AttributeSet attributes) {
        byte[] info = attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
        return Arrays.copyOfRange(info, info.length - EdwardsKeys.WIDTH, info.length);
    }

    @Override
    public byte[] publicKeyInfo(AttributeSet attributes) {
        return attributes.contains(Cka.CKA_EC_POINT)
                ? EdwardsKeys.subjectPublicKeyInfo(EdwardsKeys.point(attributes.bytes(Cka.CKA_EC_POINT)))
                : attributes.bytes(Cka.CKA_PUBLIC_KEY_INFO);
    }

    @Override
    public byte[] checkValue(HsmObject key) {
        return new byte[0];
    }

    @Override
    public SecretBytes serialise(HsmObject key) {
        return EdwardsKeys.privateKeyInfo(key.secret(Cka.CKA_VALUE));
    }

    @Override
    public NewKey parse(long objectClass, SecretBytes serialised) {
        return Pkcs8.read(serialised, (algorithm, key) -> {
            byte[] seed = Der.content(Der.OCTET_STRING, key, Fault.WRAPPED_KEY_INVALID);
            if (!Arrays.equals(algorithm, EdwardsKeys.algorithm()) || seed.length != EdwardsKeys.WIDTH) {
                throw Fault.WRAPPED_KEY_INVALID.because("no Ed25519 key");
            }
            return ofSeed(EdwardsKeys.oid(), seed);
        });
    }
}
