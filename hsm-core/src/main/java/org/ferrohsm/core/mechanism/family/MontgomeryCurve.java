// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc7748.X448;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The curves of CKK_EC_MONTGOMERY, their arithmetic and names (RFC 7748). */
final class MontgomeryCurve extends OctetCurve {
    static final MontgomeryCurve X25519_CURVE =
            new MontgomeryCurve("curve25519", "06032b656e", 255, 32, 9, X25519::calculateAgreement);
    static final MontgomeryCurve X448_CURVE =
            new MontgomeryCurve("curve448", "06032b656f", 448, 56, 5, X448::calculateAgreement);

    static final List<MontgomeryCurve> ALL = List.of(X25519_CURVE, X448_CURVE);

    /** X25519 or X448; false if the result is zero. */
    private interface Function {
        boolean apply(byte[] scalar, int scalarAt, byte[] point, int pointAt, byte[] result, int resultAt);
    }

    private final int base;
    private final Function function;

    private MontgomeryCurve(String curveName, String oid, int bits, int width, int base, Function function) {
        super(curveName, oid, bits, width);
        this.base = base;
        this.function = function;
    }

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names one of them. */
    static MontgomeryCurve of(byte[] ecParams) {
        return named(ALL, ecParams);
    }

    @Override
    byte[] publicKey(SecretBytes scalar) {
        byte[] basePoint = new byte[width()];
        basePoint[0] = (byte) base;
        byte[] point = new byte[width()];
        scalar.use(bytes -> function.apply(bytes, 0, basePoint, 0, point, 0));
        return point;
    }

    /** The agreed secret, or PUBLIC_KEY_INVALID for a point of low order (RFC 7748 section 6). */
    SecretBytes agree(SecretBytes scalar, byte[] point) {
        byte[] secret = new byte[width()];
        if (!scalar.use(bytes -> function.apply(bytes, 0, point, 0, secret, 0))) {
            throw Fault.PUBLIC_KEY_INVALID.because("a point of low order");
        }
        return SecretBytes.adopt(secret);
    }

    /** PUBLIC_KEY_INVALID for a point with which every key agrees on zero, as this one of zeros would. */
    @Override
    byte[] checked(byte[] point) {
        try (SecretBytes any = SecretBytes.adopt(new byte[width()])) {
            agree(any, point).close();
        }
        return point;
    }

    @Override
    byte[] ecPoint(byte[] point) {
        return point;
    }
}
