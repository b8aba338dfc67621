// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The elliptic curves of the token, under the names of the JCA. */
@SuppressWarnings("ImmutableEnumChecker") // nothing changes or hands out its arrays and sets
public enum NamedCurve {
    P256("secp256r1", 256, "06082a8648ce3d030107", Set.of("P-256", "prime256v1", "NIST P-256", "1.2.840.10045.3.1.7")),
    P384("secp384r1", 384, "06052b81040022", Set.of("P-384", "NIST P-384", "1.3.132.0.34")),
    P521("secp521r1", 521, "06052b81040023", Set.of("P-521", "NIST P-521", "1.3.132.0.35")),
    P224("secp224r1", 224, "06052b81040021", Set.of("P-224", "NIST P-224", "1.3.132.0.33")),
    SECP256K1("secp256k1", 256, "06052b8104000a", Set.of("1.3.132.0.10")),
    BRAINPOOL224("brainpoolP224r1", 224, "06092b2403030208010105", Set.of("1.3.36.3.3.2.8.1.1.5")),
    BRAINPOOL256("brainpoolP256r1", 256, "06092b2403030208010107", Set.of("1.3.36.3.3.2.8.1.1.7")),
    BRAINPOOL320("brainpoolP320r1", 320, "06092b2403030208010109", Set.of("1.3.36.3.3.2.8.1.1.9")),
    BRAINPOOL384("brainpoolP384r1", 384, "06092b240303020801010b", Set.of("1.3.36.3.3.2.8.1.1.11")),
    BRAINPOOL512("brainpoolP512r1", 512, "06092b240303020801010d", Set.of("1.3.36.3.3.2.8.1.1.13"));

    private static final byte PRINTABLE_STRING = 0x13;

    private final String jcaName;
    private final int bits;
    private final byte[] oid;
    private final Set<String> otherNames;

    NamedCurve(String jcaName, int bits, String oid, Set<String> otherNames) {
        this.jcaName = jcaName;
        this.bits = bits;
        this.oid = HexFormat.of().parseHex(oid);
        this.otherNames = otherNames;
    }

    /** CKA_EC_PARAMS: the curve's object identifier in DER. */
    public byte[] ecParams() {
        return oid.clone();
    }

    /** Length of a coordinate in bytes. */
    public int width() {
        return (bits + 7) / 8;
    }

    /** The curve as the platform describes it. */
    public ECParameterSpec parameters() {
        try {
            return Platform.parameters("EC", new ECGenParameterSpec(jcaName)).getParameterSpec(ECParameterSpec.class);
        } catch (InvalidParameterSpecException e) {
            throw new ProviderException(e);
        }
    }

    /** NIST's curve of a field of so many bits. */
    public static Optional<NamedCurve> ofSize(int bits) {
        return Stream.of(P224, P256, P384, P521)
                .filter(curve -> curve.bits == bits)
                .findFirst();
    }

    /** The curve of CKA_EC_PARAMS, which holds its object identifier or its name (PKCS#11 3.2 section 6.3.3). */
    public static Optional<NamedCurve> ofEcParams(byte[] ecParams) {
        if (ecParams.length > 2 && ecParams[0] == PRINTABLE_STRING) {
            String name = new String(ecParams, 2, ecParams.length - 2, StandardCharsets.US_ASCII);
            return all().stream().filter(curve -> curve.isCalled(name)).findFirst();
        }
        return all().stream()
                .filter(curve -> Arrays.equals(curve.oid, ecParams))
                .findFirst();
    }

    /** The curve of a name or of explicit parameters. */
    public static Optional<NamedCurve> of(AlgorithmParameterSpec spec) {
        if (spec instanceof ECGenParameterSpec named) {
            String name = named.getName();
            return all().stream().filter(curve -> curve.isCalled(name)).findFirst();
        }
        return spec instanceof ECParameterSpec explicit
                ? all().stream().filter(curve -> curve.is(explicit)).findFirst()
                : Optional.empty();
    }

    /** Whether a point is on the curve (SEC 1 section 3.2.2.1). */
    boolean contains(ECPoint point) {
        EllipticCurve curve = parameters().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        if (point.equals(ECPoint.POINT_INFINITY) || !isBelow(x, p) || !isBelow(y, p)) {
            return false;
        }
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    private static boolean isBelow(BigInteger number, BigInteger p) {
        return number.signum() >= 0 && number.compareTo(p) < 0;
    }

    private static List<NamedCurve> all() {
        return List.of(values());
    }

    private boolean isCalled(String name) {
        return jcaName.equalsIgnoreCase(name) || otherNames.stream().anyMatch(name::equalsIgnoreCase);
    }

    private boolean is(ECParameterSpec other) {
        if (other.getCurve().getField().getFieldSize() != bits) {
            return false;
        }
        ECParameterSpec mine = parameters();
        return mine.getCurve().equals(other.getCurve())
                && mine.getGenerator().equals(other.getGenerator())
                && mine.getOrder().equals(other.getOrder())
                && mine.getCofactor() == other.getCofactor();
    }
}
