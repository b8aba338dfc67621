// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** A curve over a prime field whose keys are CKK_EC, and the forms of its points and keys (SEC 1, RFC 5480). */
final class Curve {
    /** Bits beyond the order's that make the bias of a reduced random number too small to matter. */
    private static final int EXTRA_BITS = 64;

    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private final String jcaName;
    private final int bits;
    private final byte[] oid;
    private final List<String> names;
    private final BigInteger prime;
    private final BigInteger a;
    private final BigInteger b;
    private final BigInteger order;

    /** The first of {@code names} is the JCA's; numbers are hexadecimal, {@code oid} is the whole DER element. */
    Curve(int bits, String oid, List<String> names, String prime, String a, String b, String order) {
        this.jcaName = names.get(0);
        this.bits = bits;
        this.oid = HexFormat.of().parseHex(oid);
        this.names = names;
        this.prime = new BigInteger(prime, 16);
        this.a = new BigInteger(a, 16);
        this.b = new BigInteger(b, 16);
        this.order = new BigInteger(order, 16);
    }

    /** Whether CKA_EC_PARAMS is its object identifier or one of its names. */
    boolean isNamedBy(byte[] ecParams) {
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

    /** A private value (FIPS 186-5 appendix A.2.1). */
    BigInteger randomScalar(SecureRandom random) {
        BigInteger wide = new BigInteger(order.bitLength() + EXTRA_BITS, random);
        return wide.mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }

    /** CKA_EC_PARAMS as an object identifier. */
    byte[] oid() {
        return oid.clone();
    }

    /** Bouncy Castle's form of the curve. */
    ECDomainParameters domain() {
        X9ECParameters fast = CustomNamedCurves.getByName(jcaName);
        return new ECDomainParameters(fast != null ? fast : ECNamedCurveTable.getByName(jcaName));
    }

    /**
     * The uncompressed point, checked to be on the curve; {@code point} may be compressed and may stand in an OCTET
     * STRING.
     *
     * @throws org.ferrohsm.core.fault.HsmException PUBLIC_KEY_INVALID for infinity and for a point beside the curve,
     *     {@code malformed} for what is no point at all
     */
    byte[] point(byte[] point, Fault malformed) {
        byte[] raw = isBare(point) ? point : Der.content(Der.OCTET_STRING, point, malformed);
        if (raw.length == 1 && raw[0] == 0) {
            throw Fault.PUBLIC_KEY_INVALID.because("the point at infinity");
        }
        int width = width();
        if (raw.length == 1 + width && (raw[0] == 2 || raw[0] == 3)) {
            return EngineCall.orFault(
                    Fault.PUBLIC_KEY_INVALID,
                    "no point of " + jcaName + " has that coordinate",
                    () -> domain().getCurve().decodePoint(raw).getEncoded(false));
        }
        if (raw.length != 1 + 2 * width || raw[0] != 4) {
            throw malformed.because("no point of " + jcaName);
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(raw, 1, 1 + width));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(raw, 1 + width, 1 + 2 * width));
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0 || !isOnCurve(x, y)) {
            throw Fault.PUBLIC_KEY_INVALID.because("a point that is not on " + jcaName);
        }
        return raw;
    }

    /** By its length: that of an OCTET STRING around a point is none of these. */
    private boolean isBare(byte[] point) {
        return point.length == 1 || point.length == 1 + width() || point.length == 1 + 2 * width();
    }

    private boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger right = x.multiply(x).add(a).multiply(x).add(b);
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
