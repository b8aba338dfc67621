// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.interfaces.EdECKey;
import java.security.interfaces.XECKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The curves whose keys are strings of octets (RFC 7748, RFC 8032), under the names of the JCA. */
@SuppressWarnings("ImmutableEnumChecker") // nothing changes or hands out its arrays
public enum OctetCurve {
    ED25519(KeyKind.EDWARDS, NamedParameterSpec.ED25519, "edwards25519", "06032b6570", 255, 32),
    ED448(KeyKind.EDWARDS, NamedParameterSpec.ED448, "edwards448", "06032b6571", 448, 57),
    X25519(KeyKind.MONTGOMERY, NamedParameterSpec.X25519, "curve25519", "06032b656e", 255, 32),
    X448(KeyKind.MONTGOMERY, NamedParameterSpec.X448, "curve448", "06032b656f", 448, 56);

    private static final BigInteger P25519 = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger P448 = BigInteger.ONE
            .shiftLeft(448)
            .subtract(BigInteger.ONE.shiftLeft(224))
            .subtract(BigInteger.ONE);

    /** The two points of order 8 on Curve25519. */
    private static final Set<BigInteger> OF_ORDER_8 = Set.of(
            new BigInteger("325606250916557431795983626356110631294008115727848805560023387167927233504"),
            new BigInteger("39382357235489614581723060781553021112529911719440698176882885853963445705823"));

    private static final byte PRINTABLE_STRING = 0x13;

    private final KeyKind kind;
    private final NamedParameterSpec parameters;
    private final String curveName;
    private final byte[] oid;
    private final int bits;
    private final int width;

    OctetCurve(KeyKind kind, NamedParameterSpec parameters, String curveName, String oid, int bits, int width) {
        this.kind = kind;
        this.parameters = parameters;
        this.curveName = curveName;
        this.oid = HexFormat.of().parseHex(oid);
        this.bits = bits;
        this.width = width;
    }

    /** The kind of keys on it. */
    public KeyKind kind() {
        return kind;
    }

    /** Its name in the JCA. */
    public NamedParameterSpec parameters() {
        return parameters;
    }

    /** CKA_EC_PARAMS: the algorithm's object identifier in DER (RFC 8410 section 3). */
    public byte[] ecParams() {
        return oid.clone();
    }

    /** Size in bits, as generators are asked for it. */
    public int bits() {
        return bits;
    }

    /** Length of a public key in bytes. */
    public int width() {
        return width;
    }

    /** The public key's octets, which end its SubjectPublicKeyInfo. */
    public byte[] point(byte[] info) {
        return Arrays.copyOfRange(info, info.length - width, info.length);
    }

    /** Whether nothing but zero can be agreed with this public key (RFC 7748 section 6). */
    boolean isOfLowOrder(byte[] point) {
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[width - 1 - i] = point[i];
        }
        if (this == X25519) {
            bigEndian[0] &= 0x7F;
        }
        BigInteger p = this == X25519 ? P25519 : P448;
        BigInteger u = new BigInteger(1, bigEndian).mod(p);
        return u.signum() == 0
                || u.equals(BigInteger.ONE)
                || u.equals(p.subtract(BigInteger.ONE))
                || (this == X25519 && OF_ORDER_8.contains(u));
    }

    /** The curve of CKA_EC_PARAMS, which holds its object identifier or its name (PKCS#11 3.2 section 6.3.3). */
    public static Optional<OctetCurve> ofEcParams(byte[] ecParams) {
        String name = ecParams.length > 2 && ecParams[0] == PRINTABLE_STRING
                ? new String(ecParams, 2, ecParams.length - 2, StandardCharsets.US_ASCII)
                : "";
        return List.of(values()).stream()
                .filter(curve -> Arrays.equals(curve.oid, ecParams) || curve.curveName.equals(name))
                .findFirst();
    }

    /** The curve of a name. */
    public static Optional<OctetCurve> of(AlgorithmParameterSpec spec) {
        return spec instanceof NamedParameterSpec named
                ? List.of(values()).stream()
                        .filter(curve -> curve.parameters.getName().equalsIgnoreCase(named.getName()))
                        .findFirst()
                : Optional.empty();
    }

    /** The curve that a key is on, the platform's or the token's. */
    public static Optional<OctetCurve> of(Key key) {
        if (key instanceof EdECKey edwards) {
            return of(edwards.getParams());
        }
        return key instanceof XECKey montgomery ? of(montgomery.getParams()) : Optional.empty();
    }
}
