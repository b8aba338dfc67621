// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.math.ec.rfc8032.Ed448;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The curves of CKK_EC_EDWARDS, their names and encodings (RFC 8032, RFC 8410). */
final class EdwardsCurve extends OctetCurve {
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

    static final List<EdwardsCurve> ALL = List.of(ED25519, ED448);

    /** What no engine of the JCA offers. */
    private interface Arithmetic {
        void publicKey(byte[] seed, byte[] point);

        boolean isOfFullOrder(byte[] point);
    }

    private final String jcaName;
    private final Arithmetic arithmetic;

    private EdwardsCurve(String jcaName, String curveName, String oid, int bits, int width, Arithmetic arithmetic) {
        super(curveName, oid, bits, width);
        this.jcaName = jcaName;
        this.arithmetic = arithmetic;
    }

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names one of them. */
    static EdwardsCurve of(byte[] ecParams) {
        return named(ALL, ecParams);
    }

    String jcaName() {
        return jcaName;
    }

    int signatureLength() {
        return 2 * width();
    }

    /** PUBLIC_KEY_INVALID unless the point has the order of the base point. */
    @Override
    byte[] checked(byte[] point) {
        if (!arithmetic.isOfFullOrder(point)) {
            throw Fault.PUBLIC_KEY_INVALID.because("no point of the right order for " + jcaName);
        }
        return point;
    }

    @Override
    byte[] publicKey(SecretBytes seed) {
        byte[] point = new byte[width()];
        seed.use(bytes -> {
            arithmetic.publicKey(bytes, point);
            return point;
        });
        return point;
    }

    @Override
    byte[] ecPoint(byte[] point) {
        return Der.element(Der.OCTET_STRING, point);
    }
}
