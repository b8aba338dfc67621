// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The curves of CKK_EC_EDWARDS, their names and encodings (RFC 8032, RFC 8410). */
final class EdwardsCurve {
    static final EdwardsCurve ED25519 =
            new EdwardsCurve("Ed25519", "edwards25519", "06032b6570", 255, 32, new Arithmetic() {
                @Override
                public void publicKey(byte[] seed, byte[] point) {
                    Ed25519.generatePublicKey(seed, 0, point, 0);
                }

                @Override
                public boolean isOfFullOrder(byte[] point) {
                    return Ed25519.validatePublicKeyFull(point, 0);
                }
            });
    static final EdwardsCurve ED448 = new EdwardsCurve("Ed448", "edwards448", "06032b6571", 448, 57, new Arithmetic() {
        @Override
        public void publicKey(byte[] seed, byte[] point) {
            Ed448.generatePublicKey(seed, 0, point, 0);
        }

        @Override
        public boolean isOfFullOrder(byte[] point) {
            return Ed448.validatePublicKeyFull(point, 0);
        }
    });

    private static final List<EdwardsCurve> ALL = List.of(ED25519, ED448);

    /** What no engine of the JCA offers. */
    private interface Arithmetic {
        void publicKey(byte[] seed, byte[] point);

        boolean isOfFullOrder(byte[] point);
    }

    private final String jcaName;
    private final byte[] oid;
    private final byte[] curveName;
    private final int bits;
    private final int width;
    private final Arithmetic arithmetic;

    private EdwardsCurve(String jcaName, String curveName, String oid, int bits, int width, Arithmetic arithmetic) {
        this.jcaName = jcaName;
        this.oid = HexFormat.of().parseHex(oid);
        this.curveName = Der.element(Der.PRINTABLE_STRING, curveName.getBytes(StandardCharsets.US_ASCII));
        this.bits = bits;
        this.width = width;
        this.arithmetic = arithmetic;
    }

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names one of them. */
    static EdwardsCurve of(byte[] ecParams) {
        for (EdwardsCurve curve : ALL) {
            if (Arrays.equals(ecParams, curve.oid) || Arrays.equals(ecParams, curve.curveName)) {
                return curve;
            }
        }
        throw Curves.unknown(ecParams);
    }

    /** The curve of keys with this AlgorithmIdentifier. */
    static Optional<EdwardsCurve> ofAlgorithm(byte[] algorithm) {
        return ALL.stream()
                .filter(curve -> Arrays.equals(curve.algorithm(), algorithm))
                .findFirst();
    }

    String jcaName() {
        return jcaName;
    }

    /** Key size as C_GetMechanismInfo counts it. */
    int bits() {
        return bits;
    }

    /** Bytes of a point and of a private seed. */
    int width() {
        return width;
    }

    int signatureLength() {
        return 2 * width;
    }

    /** CKA_EC_PARAMS as an object identifier. */
    byte[] oid() {
        return oid.clone();
    }

    byte[] algorithm() {
        return Der.element(Der.SEQUENCE, oid);
    }

    /** The bytes of CKA_EC_POINT, bare or in an OCTET STRING; ATTRIBUTE_VALUE_INVALID for other lengths. */
    byte[] point(byte[] ecPoint) {
        byte[] raw = ecPoint.length == width
                ? ecPoint
                : Der.content(Der.OCTET_STRING, ecPoint, Fault.ATTRIBUTE_VALUE_INVALID);
        if (raw.length != width) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("a point of " + raw.length + " bytes for " + jcaName);
        }
        return raw;
    }

    /** PUBLIC_KEY_INVALID unless the point has the order of the base point. */
    byte[] checked(byte[] point) {
        if (!arithmetic.isOfFullOrder(point)) {
            throw Fault.PUBLIC_KEY_INVALID.because("no point of the right order for " + jcaName);
        }
        return point;
    }

    /** The public key of a private seed. */
    byte[] publicKey(byte[] seed) {
        byte[] point = new byte[width];
        arithmetic.publicKey(seed, point);
        return point;
    }

    byte[] subjectPublicKeyInfo(byte[] point) {
        return Der.element(Der.SEQUENCE, algorithm(), Der.bitString(point));
    }

    SecretBytes privateKeyInfo(SecretBytes seed) {
        return seed.use(bytes -> Pkcs8.write(algorithm(), Der.element(Der.OCTET_STRING, bytes)));
    }
}
