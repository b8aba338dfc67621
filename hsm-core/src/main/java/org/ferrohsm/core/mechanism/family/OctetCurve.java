// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** A curve whose points and private keys are strings of bytes of one length: its names and encodings (RFC 8410). */
abstract class OctetCurve {
    private final byte[] oid;
    private final byte[] curveName;
    private final int bits;
    private final int width;

    OctetCurve(String curveName, String oid, int bits, int width) {
        this.oid = HexFormat.of().parseHex(oid);
        this.curveName = Der.element(Der.PRINTABLE_STRING, curveName.getBytes(StandardCharsets.US_ASCII));
        this.bits = bits;
        this.width = width;
    }

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names one of {@code curves}. */
    static <C extends OctetCurve> C named(List<C> curves, byte[] ecParams) {
        for (C curve : curves) {
            OctetCurve names = curve;
            if (Arrays.equals(ecParams, names.oid) || Arrays.equals(ecParams, names.curveName)) {
                return curve;
            }
        }
        throw Curves.unknown(ecParams);
    }

    /** The one of {@code curves} whose keys have this AlgorithmIdentifier. */
    static <C extends OctetCurve> Optional<C> ofAlgorithm(List<C> curves, byte[] algorithm) {
        return curves.stream()
                .filter(curve -> Arrays.equals(curve.algorithm(), algorithm))
                .findFirst();
    }

    /** Key size as C_GetMechanismInfo counts it. */
    final int bits() {
        return bits;
    }

    /** Bytes of a point and of a private key. */
    final int width() {
        return width;
    }

    /** CKA_EC_PARAMS as an object identifier. */
    final byte[] oid() {
        return oid.clone();
    }

    final byte[] algorithm() {
        return Der.element(Der.SEQUENCE, oid);
    }

    /** The bytes of a point, bare or in an OCTET STRING; {@code malformed} for other lengths. */
    final byte[] point(byte[] ecPoint, Fault malformed) {
        byte[] raw = ecPoint.length == width ? ecPoint : Der.content(Der.OCTET_STRING, ecPoint, malformed);
        if (raw.length != width) {
            throw malformed.because("a point of " + raw.length + " bytes");
        }
        return raw;
    }

    /** The public key of a private one. */
    abstract byte[] publicKey(SecretBytes privateKey);

    /** PUBLIC_KEY_INVALID for a point that no honest key has. */
    abstract byte[] checked(byte[] point);

    /** The form in which CKA_EC_POINT is given out (PKCS#11 3.2 section 6.3.3). */
    abstract byte[] ecPoint(byte[] point);

    final byte[] subjectPublicKeyInfo(byte[] point) {
        return Der.element(Der.SEQUENCE, algorithm(), Der.bitString(point));
    }

    final SecretBytes privateKeyInfo(SecretBytes privateKey) {
        return privateKey.use(bytes -> Pkcs8.write(algorithm(), Der.element(Der.OCTET_STRING, bytes)));
    }
}
