// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X448;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The curves of CKK_EC_MONTGOMERY, their arithmetic, names and encodings (RFC 7748, RFC 8410). */
final class MontgomeryCurve {
    static final MontgomeryCurve X25519_CURVE =
            new MontgomeryCurve("curve25519", "06032b656e", 255, 32, 9, X25519::calculateAgreement);
    static final MontgomeryCurve X448_CURVE =
            new MontgomeryCurve("curve448", "06032b656f", 448, 56, 5, X448::calculateAgreement);

    private static final List<MontgomeryCurve> ALL = List.of(X25519_CURVE, X448_CURVE);

    /** X25519 or X448; false if the result is zero. */
    private interface Function {
        boolean apply(byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] result, int resultAt);
    }

    private final byte[] oid;
    private final byte[] curveName;
    private final int bits;
    private final int width;
    private final int base;
    private final Function function;

    private MontgomeryCurve(String curveName, String oid, int bits, int width, int base, Function function) {
        this.oid = HexFormat.of().parseHex(oid);
        this.curveName = Der.element(Der.PRINTABLE_STRING, curveName.getBytes(StandardCharsets.US_ASCII));
        this.bits = bits;
        this.width = width;
        this.base = base;
        this.function = function;
    }

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names one of them. */
    static MontgomeryCurve of(byte[] ecParams) {
        for (MontgomeryCurve curve : ALL) {
            if (Arrays.equals(ecParams, curve.oid) || Arrays.equals(ecParams, curve.curveName)) {
                return curve;
            }
        }
        throw Curves.unknown(ecParams);
    }

    /** The curve of keys with this AlgorithmIdentifier. */
    static Optional<MontgomeryCurve> ofAlgorithm(byte[] algorithm) {
        return ALL.stream()
                .filter(curve -> Arrays.equals(curve.algorithm(), algorithm))
                .findFirst();
    }

    /** Key size as C_GetMechanismInfo counts it. */
    int bits() {
        return bits;
    }

    /** Bytes of a point, of a private key and of an agreed secret. */
    int width() {
        return width;
    }

    /** CKA_EC_PARAMS as an object identifier. */
    byte[] oid() {
        return oid.clone();
    }

    byte[] algorithm() {
        return Der.element(Der.SEQUENCE, oid);
    }

    /** The bytes of a point, bare or in an OCTET STRING; {@code malformed} for other lengths. */
    byte[] point(byte[] ecPoint, Fault malformed) {
        byte[] raw = ecPoint.length == width ? ecPoint : Der.content(Der.OCTET_STRING, ecPoint, malformed);
        if (raw.length != width) {
            throw malformed.because("a point of " + raw.length + " bytes");
        }
        return raw;
    }

    /** The public key of a private one. */
    byte[] publicKey(SecretBytes scalar) {
        byte[] basePoint = new byte[width];
        basePoint[0] = (byte) base;
        byte[] point = new byte[width];
        scalar.use(bytes -> function.apply(bytes, 0, basePoint, 0, point, 0));
        return point;
    }

    /** The agreed secret, or PUBLIC_KEY_INVALID for a point of low order (RFC 7748 section 6). */
    SecretBytes agree(SecretBytes scalar, byte[] point) {
        byte[] secret = new byte[width];
        if (!scalar.use(bytes -> function.apply(bytes, 0, point, 0, secret, 0))) {
            throw Fault.PUBLIC_KEY_INVALID.because("a point of low order");
        }
        return SecretBytes.adopt(secret);
    }

    /** PUBLIC_KEY_INVALID for a point with which every key agrees on zero, as this one of zeros would. */
    byte[] checked(byte[] point) {
        try (SecretBytes any = SecretBytes.adopt(new byte[width])) {
            agree(any, point).close();
        }
        return point;
    }

    byte[] subjectPublicKeyInfo(byte[] point) {
        return Der.element(Der.SEQUENCE, algorithm(), Der.bitString(point));
    }

    SecretBytes privateKeyInfo(SecretBytes scalar) {
        return scalar.use(bytes -> Pkcs8.write(algorithm(), Der.element(Der.OCTET_STRING, bytes)));
    }
}
