// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** CKK_EC_EDWARDS keys: Ed25519, its names and encodings (RFC 8410), and the engine's form. */
final class EdwardsKeys {
    static final String ED25519 = "Ed25519";

    /** Bytes of a point and of a private seed. */
    static final int WIDTH = 32;

    static final int SIGNATURE = 64;

    private static final byte[] OID = HexFormat.of().parseHex("06032b6570");
    private static final byte[] ALGORITHM = Der.element(Der.SEQUENCE, OID);
    private static final byte[] CURVE_NAME =
            Der.element(Der.PRINTABLE_STRING, "edwards25519".getBytes(StandardCharsets.US_ASCII));

    private EdwardsKeys() {}

    /** A private key; the signatures are initialised with it, because that costs as much as signing. */
    record Private(PrivateKey key, Spare<Signature> signatures) {}

    /** A public key. */
    record Public(PublicKey key) {}

    /** CURVE_NOT_SUPPORTED or DOMAIN_PARAMS_INVALID unless CKA_EC_PARAMS names Ed25519. */
    static void checkParams(byte[] ecParams) {
        if (Arrays.equals(ecParams, OID) || Arrays.equals(ecParams, CURVE_NAME)) {
            return;
        }
        boolean named = ecParams.length > 2
                && (ecParams[0] == Der.OBJECT_IDENTIFIER || ecParams[0] == Der.PRINTABLE_STRING)
                && ecParams[1] == ecParams.length - 2;
        throw (named ? Fault.CURVE_NOT_SUPPORTED : Fault.DOMAIN_PARAMS_INVALID).because("CKA_EC_PARAMS names no curve");
    }

    static byte[] oid() {
        return OID.clone();
    }

    static byte[] algorithm() {
        return ALGORITHM.clone();
    }

    /** The 32 bytes of CKA_EC_POINT, bare or in an OCTET STRING; ATTRIBUTE_VALUE_INVALID for other lengths. */
    static byte[] point(byte[] ecPoint) {
        byte[] raw = ecPoint.length == WIDTH
                ? ecPoint
                : Der.content(Der.OCTET_STRING, ecPoint, Fault.ATTRIBUTE_VALUE_INVALID);
        if (raw.length != WIDTH) {
            throw Fault.ATTRIBUTE_VALUE_INVALID.because("an Ed25519 point of " + raw.length + " bytes");
        }
        return raw;
    }

    static byte[] subjectPublicKeyInfo(byte[] point) {
        return Der.element(Der.SEQUENCE, ALGORITHM, Der.bitString(point));
    }

    static SecretBytes privateKeyInfo(SecretBytes seed) {
        return seed.use(bytes -> Pkcs8.write(ALGORITHM, Der.element(Der.OCTET_STRING, bytes)));
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a private key. */
    static Private privateKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PRIVATE_KEY, Ckk.CKK_EC_EDWARDS);
        return key.prepared(Private.class, k -> {
            PrivateKey made;
            try (SecretBytes info = privateKeyInfo(k.secret(Cka.CKA_VALUE))) {
                made = info.use(bytes -> EngineCall.orFault(
                        Fault.FUNCTION_FAILED,
                        "the engine refuses the key",
                        () -> engines.keyFactory(ED25519).generatePrivate(new PKCS8EncodedKeySpec(bytes))));
            }
            return new Private(
                    made,
                    new Spare<>(() -> EngineCall.orFault(Fault.FUNCTION_FAILED, "no signature", () -> {
                        Signature signature = engines.signature(ED25519);
                        signature.initSign(made);
                        return signature;
                    })));
        });
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is such a public key. */
    static Public publicKey(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_PUBLIC_KEY, Ckk.CKK_EC_EDWARDS);
        return key.prepared(Public.class, k -> {
            byte[] point = point(k.attributes().bytes(Cka.CKA_EC_POINT));
            return new Public(EngineCall.orFault(
                    Fault.PUBLIC_KEY_INVALID,
                    "the engine refuses the point",
                    () -> engines.keyFactory(ED25519)
                            .generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo(point)))));
        });
    }
}
