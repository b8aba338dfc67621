// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;

/** The curves of CKK_EC: those of SP 800-186 section 3.2.1 and SEC 2 over prime fields, and of RFC 5639. */
final class Curves {
    /** Size of the smallest field in bits. */
    static final int MIN_BITS = 224;

    /** Size of the largest field in bits. */
    static final int MAX_BITS = 521;

    private static final List<Curve> ALL = List.of(
            new Curve(
                    224,
                    "06052b81040021",
                    List.of("secp224r1", "P-224"),
                    "ffffffffffffffffffffffffffffffff000000000000000000000001",
                    "fffffffffffffffffffffffffffffffefffffffffffffffffffffffe",
                    "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
                    "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d"),
            new Curve(
                    256,
                    "06082a8648ce3d030107",
                    List.of("secp256r1", "prime256v1", "P-256"),
                    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                    "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
                    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
                    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
            new Curve(
                    384,
                    "06052b81040022",
                    List.of("secp384r1", "P-384"),
                    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff"
                            + "0000000000000000ffffffff",
                    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff"
                            + "0000000000000000fffffffc",
                    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d"
                            + "8a2ed19d2a85c8edd3ec2aef",
                    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db2"
                            + "48b0a77aecec196accc52973"),
            new Curve(
                    521,
                    "06052b81040023",
                    List.of("secp521r1", "P-521"),
                    "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                            + "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                    "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                            + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc",
                    "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e1561939"
                            + "51ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00",
                    "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868"
                            + "783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409"),
            new Curve(
                    256,
                    "06052b8104000a",
                    List.of("secp256k1"),
                    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
                    "0",
                    "7",
                    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
            new Curve(
                    224,
                    "06092b2403030208010105",
                    List.of("brainpoolP224r1"),
                    "d7c134aa264366862a18302575d1d787b09f075797da89f57ec8c0ff",
                    "68a5e62ca9ce6c1c299803a6c1530b514e182ad8b0042a59cad29f43",
                    "2580f63ccfe44138870713b1a92369e33e2135d266dbb372386c400b",
                    "d7c134aa264366862a18302575d0fb98d116bc4b6ddebca3a5a7939f"),
            new Curve(
                    256,
                    "06092b2403030208010107",
                    List.of("brainpoolP256r1"),
                    "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
                    "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
                    "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
                    "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7"),
            new Curve(
                    320,
                    "06092b2403030208010109",
                    List.of("brainpoolP320r1"),
                    "d35e472036bc4fb7e13c785ed201e065f98fcfa6f6f40def4f92b9ec7893ec28fcd412b1" + "f1b32e27",
                    "3ee30b568fbab0f883ccebd46d3f3bb8a2a73513f5eb79da66190eb085ffa9f492f375a9" + "7d860eb4",
                    "520883949dfdbc42d3ad198640688a6fe13f41349554b49acc31dccd884539816f5eb4ac" + "8fb1f1a6",
                    "d35e472036bc4fb7e13c785ed201e065f98fcfa5b68f12a32d482ec7ee8658e98691555b" + "44c59311"),
            new Curve(
                    384,
                    "06092b240303020801010b",
                    List.of("brainpoolP384r1"),
                    "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729"
                            + "901d1a71874700133107ec53",
                    "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a"
                            + "503ad4eb04a8c7dd22ce2826",
                    "4a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb439029"
                            + "5dbc9943ab78696fa504c11",
                    "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af"
                            + "6b7fc3103b883202e9046565"),
            new Curve(
                    512,
                    "06092b240303020801010d",
                    List.of("brainpoolP512r1"),
                    "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca703308717d4d9b00"
                            + "9bc66842aecda12ae6a380e62881ff2f2d82c68528aa6056583a48f3",
                    "7830a3318b603b89e2327145ac234cc594cbdd8d3df91610a83441caea9863bc2ded5d5a"
                            + "a8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9e7c1ac4d77fc94ca",
                    "3df91610a83441caea9863bc2ded5d5aa8253aa10a2ef1c98b9ac8b57f1117a72bf2c7b9"
                            + "e7c1ac4d77fc94cadc083e67984050b75ebae5dd2809bd638016f723",
                    "aadd9db8dbe9c48b3fd4e6ae33c9fc07cb308db3b3c9d20ed6639cca70330870553e5c41"
                            + "4ca92619418661197fac10471db1d381085ddaddb58796829ca90069"));

    private Curves() {}

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
        throw unknown(ecParams);
    }

    /** What is wrong with CKA_EC_PARAMS that name no curve of their key type. */
    static HsmException unknown(byte[] ecParams) {
        boolean named = ecParams.length > 2
                && (ecParams[0] == Der.OBJECT_IDENTIFIER || ecParams[0] == Der.PRINTABLE_STRING)
                && ecParams[1] == ecParams.length - 2;
        return (named ? Fault.CURVE_NOT_SUPPORTED : Fault.DOMAIN_PARAMS_INVALID)
                .because("CKA_EC_PARAMS names no curve of that key type");
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
}
