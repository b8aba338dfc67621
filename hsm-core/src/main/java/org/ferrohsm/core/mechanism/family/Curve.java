// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The curves over prime fields whose keys are CKK_EC (FIPS 186-5, SP 800-186 section 3.2.1). */
final class Curve {
    static final Curve P256 = new Curve(
            "secp256r1",
            256,
            "06082a8648ce3d030107",
            List.of("secp256r1", "prime256v1", "P-256"),
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    static final Curve P384 = new Curve(
            "secp384r1",
            384,
            "06052b81040022",
            List.of("secp384r1", "P-384"),
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    static final Curve P521 = new Curve(
            "secp521r1",
            521,
            "06052b81040023",
            List.of("secp521r1", "P-521"),
            "01ff" + "ff".repeat(64),
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d"
                    + "2c34f1ef451fd46b503f00",
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b889"
                    + "9c47aebb6fb71e91386409");

    private static final List<Curve> ALL = List.of(P256, P384, P521);
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final String jcaName;
    private final int bits;
    private final byte[] oid;
    private final List<String> names;
    private final BigInteger prime;
    private final BigInteger b;
    private final BigInteger order;

    private Curve(String jcaName, int bits, String oid, List<String> names, String prime, String b, String order) {
        this.jcaName = jcaName;
        this.bits = bits;
        this.oid = HexFormat.of().parseHex(oid);
        this.names = names;
        this.prime = new BigInteger(prime, 16);
        this.b = new BigInteger(b, 16);
        this.order = new BigInteger(order, 16);
    }

    /**
     * The curve that CKA_EC_PARAMS names, by object identifier or by curveName.
     *
     * @throws org.ferrohsm.core.fault.HsmException CURVE_NOT_SUPPORTED for another curve, DOMAIN_PARAMS_INVALID for
     *     explicit parameters and anything else (PKCS#11 3.2 section 6.3)
     */
    static Curve of(byte[] ecParams) {
        for (Curve curve : ALL) {
            if (curve.isNamedBy(ecParams)) {
                return curve;
            }
        }
        boolean named = ecParams.length > 2
                && (ecParams[0] == Der.OBJECT_IDENTIFIER || ecParams[0] == Der.PRINTABLE_STRING)
                && ecParams[1] == ecParams.length - 2;
        throw (named ? Fault.CURVE_NOT_SUPPORTED : Fault.DOMAIN_PARAMS_INVALID).because("CKA_EC_PARAMS names no curve");
    }

    /** The curve of keys with this AlgorithmIdentifier, or WRAPPED_KEY_INVALID. */
    static Curve ofAlgorithm(byte[] algorithm) {
        for (Curve curve : ALL) {
            if (Arrays.equals(curve.algorithm(), algorithm)) {
                return curve;
            }
        }
        throw Fault.WRAPPED_KEY_INVALID.because("no key on a curve that is known here");
    }

    private boolean isNamedBy(byte[] ecParams) {
        if (Arrays.equals(oid, ecParams)) {
            return true;
        }
        for (String name : names) {
            if (Arrays.equals(Der.element(Der.PRINTABLE_STRING, name.getBytes(StandardCharsets.US_ASCII)), ecParams)) {
                return true;
            }
        }
        return false;
    }

    String jcaName() {
        return jcaName;
    }

    /** Size of the field in bits. */
    int bits() {
        return bits;
    }

    /** Bytes of a coordinate, of a private scalar and of half a signature. */
    int width() {
        return (bits + 7) / 8;
    }

    BigInteger order() {
        return order;
    }

    /** CKA_EC_PARAMS as an object identifier. */
    byte[] oid() {
        return oid.clone();
    }

    /**
     * The uncompressed point, checked to be on the curve; {@code point} may stand in an OCTET STRING.
     *
     * @throws org.ferrohsm.core.fault.HsmException PUBLIC_KEY_INVALID for infinity and for a point beside the curve,
     *     {@code malformed} for what is no uncompressed point at all
     */
    byte[] point(byte[] point, Fault malformed) {
        int width = width();
        if (point.length == 1 && point[0] == 0) {
            throw Fault.PUBLIC_KEY_INVALID.because("the point at infinity");
        }
        byte[] raw = point.length == 1 + 2 * width ? point : Der.content(Der.OCTET_STRING, point, malformed);
        if (raw.length == 1 && raw[0] == 0) {
            throw Fault.PUBLIC_KEY_INVALID.because("the point at infinity");
        }
        if (raw.length != 1 + 2 * width || raw[0] != 4) {
            throw malformed.because("no uncompressed point of " + jcaName);
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + width));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(raw, 1 + width, 1 + 2 * width));
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0 || !isOnCurve(x, y)) {
            throw Fault.PUBLIC_KEY_INVALID.because("a point that is not on " + jcaName);
        }
        return raw;
    }

    private boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(b);
        return y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }

    /** The AlgorithmIdentifier of keys on this curve (RFC 5480). */
    byte[] algorithm() {
        return Der.element(Der.SEQUENCE, EC_PUBLIC_KEY, oid);
    }

    /** SubjectPublicKeyInfo of a raw point (RFC 5480). */
    byte[] subjectPublicKeyInfo(byte[] point) {
        return Der.element(Der.SEQUENCE, algorithm(), Der.bitString(point));
    }

    /** PrivateKeyInfo of a scalar of full width (RFC 5915), without the public key. */
    SecretBytes privateKeyInfo(SecretBytes scalar) {
        return scalar.use(bytes -> {
            byte[] octets = Der.element(Der.OCTET_STRING, bytes);
            byte[] key = Der.element(Der.SEQUENCE, new byte[] {Der.INTEGER, 1, 1}, octets);
            Arrays.fill(octets, (byte) 0);
            return Pkcs8.write(algorithm(), key);
        });
    }
}
