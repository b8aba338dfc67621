// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** Decryption and key agreement by private keys, imported as opaque session keys. */
final class PrivateKeyVectors {
    private final Provider provider;

    PrivateKeyVectors(Provider provider) {
        this.provider = provider;
    }

    Vectors oaep(JsonNode group) throws Unsupported {
        Decryption decryption = decryption("RSA/ECB/OAEPPadding", group);
        return test -> {
            decryption
                    .cipher()
                    .init(
                            Cipher.DECRYPT_MODE,
                            decryption.key(),
                            new OAEPParameterSpec(
                                    group.path("sha").asText(),
                                    group.path("mgf").asText(),
                                    new MGF1ParameterSpec(group.path("mgfSha").asText()),
                                    new PSource.PSpecified(Json.hex(test, "label"))));
            return Arrays.equals(Json.hex(test, "msg"), decryption.cipher().doFinal(Json.hex(test, "ct")));
        };
    }

    /** Where the padding is wrong the token gives other bytes, not an error. */
    Vectors pkcs1(JsonNode group) throws Unsupported {
        Decryption decryption = decryption("RSA/ECB/PKCS1Padding", group);
        return test -> {
            decryption.cipher().init(Cipher.DECRYPT_MODE, decryption.key());
            return Arrays.equals(Json.hex(test, "msg"), decryption.cipher().doFinal(Json.hex(test, "ct")));
        };
    }

    private record Decryption(Cipher cipher, PrivateKey key) {}

    private Decryption decryption(String transformation, JsonNode group) throws Unsupported {
        try {
            PrivateKey key = KeyFactory.getInstance("RSA", provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(Json.hex(group, "privateKeyPkcs8")));
            return new Decryption(Cipher.getInstance(transformation, provider), key);
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    Vectors ecdh(JsonNode group) throws Unsupported {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC", provider);
            named.init(new ECGenParameterSpec(group.path("curve").asText().replaceFirst("^P-(\\d+)$", "secp$1r1")));
            ECParameterSpec curve = named.getParameterSpec(ECParameterSpec.class);
            if (!(curve.getCurve().getField() instanceof ECFieldFp)) {
                throw new Unsupported("curves over binary fields");
            }
            KeyFactory factory = KeyFactory.getInstance("EC", provider);
            String encoding = group.path("encoding").asText();
            return test -> {
                PrivateKey mine = switch (encoding) {
                    case "pem" -> factory.generatePrivate(new PKCS8EncodedKeySpec(Json.pem(test, "private")));
                    case "webcrypto" ->
                        factory.generatePrivate(new ECPrivateKeySpec(
                                new BigInteger(1, Json.base64Url(test.path("private"), "d")), curve));
                    default -> factory.generatePrivate(new ECPrivateKeySpec(Json.number(test, "private"), curve));
                };
                PublicKey theirs = switch (encoding) {
                    case "pem" -> factory.generatePublic(new X509EncodedKeySpec(Json.pem(test, "public")));
                    case "webcrypto" -> factory.generatePublic(new ECPublicKeySpec(jwk(test.path("public")), curve));
                    case "ecpoint" ->
                        factory.generatePublic(new ECPublicKeySpec(point(Json.hex(test, "public")), curve));
                    default -> factory.generatePublic(new X509EncodedKeySpec(Json.hex(test, "public")));
                };
                return agrees("ECDH", mine, theirs, test);
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Unsupported(String.valueOf(e));
        }
    }

    private static ECPoint jwk(JsonNode key) throws InvalidKeyException {
        if (!key.hasNonNull("x") || !key.hasNonNull("y")) {
            throw new InvalidKeyException("no point");
        }
        return new ECPoint(new BigInteger(1, Json.base64Url(key, "x")), new BigInteger(1, Json.base64Url(key, "y")));
    }

    private static ECPoint point(byte[] encoded) throws InvalidKeyException, Unsupported {
        if (encoded.length > 0 && (encoded[0] == 2 || encoded[0] == 3)) {
            throw new Unsupported("compressed points");
        }
        if (encoded.length == 0 || encoded[0] != 4 || encoded.length % 2 == 0) {
            throw new InvalidKeyException("no point");
        }
        int width = encoded.length / 2;
        return new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(encoded, 1, 1 + width)),
                new BigInteger(1, Arrays.copyOfRange(encoded, 1 + width, encoded.length)));
    }

    Vectors xdh(JsonNode group) throws Unsupported {
        String type = group.path("type").asText();
        String name = group.path("curve").asText().replace("curve", "X");
        NamedParameterSpec curve = new NamedParameterSpec(name);
        try {
            KeyFactory factory = KeyFactory.getInstance("XDH", provider);
            return test -> switch (type) {
                case "XdhPemComp" ->
                    agrees(
                            name,
                            factory.generatePrivate(new PKCS8EncodedKeySpec(Json.pem(test, "private"))),
                            factory.generatePublic(new X509EncodedKeySpec(Json.pem(test, "public"))),
                            test);
                case "XdhAsnComp" ->
                    agrees(
                            name,
                            factory.generatePrivate(new PKCS8EncodedKeySpec(Json.hex(test, "private"))),
                            factory.generatePublic(new X509EncodedKeySpec(Json.hex(test, "public"))),
                            test);
                case "XdhJwkComp" ->
                    agrees(
                            name,
                            factory.generatePrivate(
                                    new XECPrivateKeySpec(curve, Json.base64Url(test.path("private"), "d"))),
                            factory.generatePublic(new XECPublicKeySpec(
                                    curve, number(Json.base64Url(test.path("public"), "x"), curve))),
                            test);
                default ->
                    agrees(
                            name,
                            factory.generatePrivate(new XECPrivateKeySpec(curve, Json.hex(test, "private"))),
                            factory.generatePublic(
                                    new XECPublicKeySpec(curve, number(Json.hex(test, "public"), curve))),
                            test);
            };
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    /** The number of a little-endian coordinate; X25519 ignores the highest bit (RFC 7748 section 5). */
    private static BigInteger number(byte[] littleEndian, NamedParameterSpec curve) throws InvalidKeyException {
        int width = curve.getName().equals("X25519") ? 32 : 56;
        if (littleEndian.length != width) {
            throw new InvalidKeyException("a key of " + littleEndian.length + " bytes");
        }
        byte[] bigEndian = new byte[width];
        for (int i = 0; i < width; i++) {
            bigEndian[width - 1 - i] = littleEndian[i];
        }
        if (width == 32) {
            bigEndian[0] &= 0x7F;
        }
        return new BigInteger(1, bigEndian);
    }

    private boolean agrees(String algorithm, PrivateKey mine, PublicKey theirs, JsonNode test)
            throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance(algorithm, provider);
        agreement.init(mine);
        agreement.doPhase(theirs, true);
        return Arrays.equals(Json.hex(test, "shared"), agreement.generateSecret());
    }
}
