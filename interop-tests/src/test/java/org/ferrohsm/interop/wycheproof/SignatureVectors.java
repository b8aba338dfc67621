// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Signatures: verified by public keys that become session objects, made by imported private keys. */
final class SignatureVectors {
    private final Provider provider;

    SignatureVectors(Provider provider) {
        this.provider = provider;
    }

    Vectors verify(JsonNode group) throws Unsupported {
        AlgorithmParameterSpec parameters = parameters(group);
        Signature signature = signature(group);
        try {
            PublicKey key = KeyFactory.getInstance(kind(group), provider)
                    .generatePublic(new X509EncodedKeySpec(Json.hex(group, "publicKeyDer")));
            signature.initVerify(key);
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            return test -> {
                signature.update(Json.hex(test, "msg"));
                return signature.verify(Json.hex(test, "sig"));
            };
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    Vectors generate(JsonNode group) throws Unsupported {
        Signature signature = signature(group);
        try {
            PrivateKey key = KeyFactory.getInstance("RSA", provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(Json.hex(group, "privateKeyPkcs8")));
            signature.initSign(key);
            return test -> {
                signature.update(Json.hex(test, "msg"));
                return Arrays.equals(Json.hex(test, "sig"), signature.sign());
            };
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    private Signature signature(JsonNode group) throws Unsupported {
        String type = group.path("type").asText();
        String hash = group.path("sha").asText().replace("SHA-", "SHA");
        String name = switch (type) {
            case "EcdsaVerify" -> hash + "withECDSA";
            case "EcdsaP1363Verify" -> hash + "withECDSAinP1363Format";
            case "EddsaVerify", "EDDSAVer" -> "EdDSA";
            case "RsassaPkcs1Verify", "RsassaPkcs1Generate" -> hash + "withRSA";
            case "RsassaPssVerify", "RsassaPssWithParametersVerify" -> "RSASSA-PSS";
            default -> throw new Unsupported(type);
        };
        try {
            return Signature.getInstance(name, provider);
        } catch (GeneralSecurityException e) {
            throw new Unsupported(e);
        }
    }

    private static @Nullable AlgorithmParameterSpec parameters(JsonNode group) throws Unsupported {
        if (!group.path("type").asText().startsWith("RsassaPss")) {
            return null;
        }
        if (!group.path("mgf").asText().equals("MGF1")) {
            throw new Unsupported(group.path("mgf").asText());
        }
        return new PSSParameterSpec(
                group.path("sha").asText(),
                "MGF1",
                new MGF1ParameterSpec(group.path("mgfSha").asText()),
                group.path("sLen").asInt(),
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    private static String kind(JsonNode group) {
        String type = group.path("type").asText();
        if (type.startsWith("Ecdsa")) {
            return "EC";
        }
        if (type.startsWith("E")) {
            return "EdDSA";
        }
        // Keys that carry PSS parameters have an identifier of their own.
        return type.equals("RsassaPssWithParametersVerify") ? "RSASSA-PSS" : "RSA";
    }
}
