// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;

/** Public keys between the platform and the token. */
public final class PublicKeys {
    private static final int OCTET_STRING = 4;

    private PublicKeys() {}

    /** The platform's key of a SubjectPublicKeyInfo. */
    static PublicKey ofInfo(KeyKind kind, byte[] info) {
        try {
            return Platform.keyFactory(kind.algorithm()).generatePublic(new X509EncodedKeySpec(info));
        } catch (InvalidKeySpecException e) {
            throw Fault.DEVICE_ERROR.because("the token's public key is not one to the platform", e);
        }
    }

    /**
     * A platform's key as a session object, for callers that name this provider for public operations.
     *
     * @throws InvalidKeyException if the token has no such keys
     */
    public static ObjectReference open(Token token, PublicKey key) throws InvalidKeyException {
        Template.Builder template = template(key);
        Usages.put(template, Usages.OF_PUBLIC_KEYS, Usages.OF_PUBLIC_KEYS);
        template.put(Cka.CKA_TOKEN, false).put(Cka.CKA_PRIVATE, false);
        long handle = Faults.keyed(() -> token.call(session -> token.objects().create(session, template.build())));
        return ObjectReference.ofSession(token, handle);
    }

    /** The attributes that say which key it is. */
    static Template.Builder template(PublicKey key) throws InvalidKeyException {
        KeyKind kind = KeyKind.of(key);
        PublicKey translated = translate(kind, key);
        Template.Builder template =
                Template.builder().put(Cka.CKA_CLASS, Cko.CKO_PUBLIC_KEY).put(Cka.CKA_KEY_TYPE, kind.keyType());
        if (translated instanceof RSAPublicKey rsa) {
            template.put(Cka.CKA_MODULUS, unsigned(rsa.getModulus()))
                    .put(Cka.CKA_PUBLIC_EXPONENT, unsigned(rsa.getPublicExponent()));
        } else if (translated instanceof ECPublicKey ec) {
            NamedCurve curve = NamedCurve.of(ec.getParams())
                    .orElseThrow(() -> new InvalidKeyException("the token does not have the key's curve"));
            template.put(Cka.CKA_EC_PARAMS, curve.ecParams()).put(Cka.CKA_EC_POINT, octets(point(ec, curve)));
        } else if (OctetCurve.of(translated).isPresent()) {
            OctetCurve curve = OctetCurve.of(translated).get();
            template.put(Cka.CKA_EC_PARAMS, curve.ecParams())
                    .put(Cka.CKA_EC_POINT, octets(curve.point(translated.getEncoded())));
        } else {
            throw new InvalidKeyException("the token has no such key: " + translated.getClass());
        }
        return template;
    }

    /** A point in its uncompressed form (SEC 1 section 2.3.3). */
    public static byte[] point(ECPublicKey key, NamedCurve curve) {
        byte[] point = new byte[1 + 2 * curve.width()];
        point[0] = 4;
        byte[] x = fixed(key.getW().getAffineX(), curve.width());
        byte[] y = fixed(key.getW().getAffineY(), curve.width());
        System.arraycopy(x, 0, point, 1, x.length);
        System.arraycopy(y, 0, point, 1 + x.length, y.length);
        return point;
    }

    /**
     * What the token agrees a secret with: the point of another party's key (PKCS#11 3.2, CK_ECDH1_DERIVE_PARAMS).
     *
     * @throws InvalidKeyException if it is not on the curve of {@code mine}
     */
    public static byte[] pointOnTheCurveOf(OpaquePrivateKey mine, PublicKey theirs) throws InvalidKeyException {
        PublicKey translated = translate(KeyKind.of(theirs), theirs);
        if (mine instanceof EcOpaqueKey ec
                && translated instanceof ECPublicKey point
                && NamedCurve.of(point.getParams()).filter(ec.curve()::equals).isPresent()) {
            if (!ec.curve().contains(point.getW())) {
                throw new InvalidKeyException("the other party's point is not on the curve");
            }
            return point(point, ec.curve());
        }
        Optional<OctetCurve> curve = OctetCurve.of(mine);
        if (curve.isPresent() && curve.equals(OctetCurve.of(translated))) {
            byte[] point = curve.get().point(translated.getEncoded());
            if (curve.get().isOfLowOrder(point)) {
                throw new InvalidKeyException("the other party's point is of low order");
            }
            return point;
        }
        throw new InvalidKeyException("the other party's key is on another curve");
    }

    static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    static byte[] fixed(BigInteger number, int width) {
        byte[] bytes = unsigned(number);
        byte[] result = new byte[Math.max(width, bytes.length)];
        System.arraycopy(bytes, 0, result, result.length - bytes.length, bytes.length);
        return result;
    }

    private static PublicKey translate(KeyKind kind, PublicKey key) throws InvalidKeyException {
        if (key instanceof RSAPublicKey
                || key instanceof ECPublicKey
                || OctetCurve.of(key).isPresent()) {
            return key;
        }
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new InvalidKeyException("a public key without an encoding");
        }
        try {
            return Platform.keyFactory(kind.algorithm()).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException e) {
            throw new InvalidKeyException("the platform does not take the public key", e);
        }
    }

    private static byte[] octets(byte[] content) {
        int header = content.length < 0x80 ? 2 : 3;
        byte[] element = new byte[header + content.length];
        element[0] = OCTET_STRING;
        if (header == 2) {
            element[1] = (byte) content.length;
        } else {
            element[1] = (byte) 0x81;
            element[2] = (byte) content.length;
        }
        System.arraycopy(content, 0, element, header, content.length);
        return element;
    }
}
