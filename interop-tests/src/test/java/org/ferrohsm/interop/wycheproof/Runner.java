// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;

/** Judges a provider by files of vectors. */
final class Runner {
    private final ObjectMapper json = new ObjectMapper();
    private final SignatureVectors signatures;
    private final SecretKeyVectors secretKeys;
    private final PrivateKeyVectors privateKeys;
    private final Tally tally = new Tally();

    Runner(Provider provider) {
        this.signatures = new SignatureVectors(provider);
        this.secretKeys = new SecretKeyVectors(provider);
        this.privateKeys = new PrivateKeyVectors(provider);
    }

    Tally tally() {
        return tally;
    }

    void run(Path file) throws IOException {
        JsonNode root = json.readTree(file.toFile());
        String name = String.valueOf(file.getFileName()).replace("_test.json", "");
        for (JsonNode group : root.path("testGroups")) {
            Vectors vectors;
            try {
                vectors = vectors(root, group);
            } catch (Unsupported e) {
                tally.unsupported(name, group.path("tests").size());
                continue;
            } catch (RuntimeException e) {
                tally.stray(name + ": " + e);
                continue;
            }
            for (JsonNode test : group.path("tests")) {
                judge(name, vectors, test);
            }
        }
    }

    private Vectors vectors(JsonNode root, JsonNode group) throws Unsupported {
        String algorithm = root.path("algorithm").asText();
        String schema = root.path("schema").asText();
        if (schema.contains("verify")) {
            return signatures.verify(group);
        }
        return switch (schema) {
            case "rsassa_pkcs1_generate_schema_v1.json" -> signatures.generate(group);
            case "aead_test_schema_v1.json" -> secretKeys.aead(algorithm, group);
            case "ind_cpa_test_schema_v1.json" -> secretKeys.cbc(algorithm);
            case "mac_test_schema_v1.json" -> secretKeys.mac(algorithm, group);
            case "keywrap_test_schema_v1.json" -> secretKeys.wrap(algorithm);
            case "rsaes_oaep_decrypt_schema_v1.json" -> privateKeys.oaep(group);
            case "rsaes_pkcs1_decrypt_schema_v1.json" -> privateKeys.pkcs1(group);
            case "ecdh_test_schema_v1.json",
                    "ecdh_pem_test_schema_v1.json",
                    "ecdh_ecpoint_test_schema_v1.json",
                    "ecdh_webcrypto_test_schema_v1.json" -> privateKeys.ecdh(group);
            case "xdh_comp_schema_v1.json",
                    "xdh_asn_comp_schema_v1.json",
                    "xdh_pem_comp_schema_v1.json",
                    "xdh_jwk_comp_schema_v1.json" -> privateKeys.xdh(group);
            default -> throw new Unsupported(schema);
        };
    }

    private void judge(String name, Vectors vectors, JsonNode test) {
        String label = name + " " + test.path("tcId") + " ("
                + test.path("comment").asText() + ", " + test.path("result").asText() + ")";
        boolean holds;
        try {
            holds = vectors.holds(test);
        } catch (Unsupported e) {
            tally.unsupported(name, 1);
            return;
        } catch (InvalidAlgorithmParameterException e) {
            tally.unsupported(name, 1);
            return;
        } catch (GeneralSecurityException e) {
            holds = false;
            label += ": " + e;
        } catch (RuntimeException e) {
            tally.stray(label + ": " + e);
            return;
        }
        String expected = test.path("result").asText();
        if (expected.equals("acceptable") || expected.equals(holds ? "valid" : "invalid")) {
            tally.right();
        } else {
            tally.wrong(label);
        }
    }
}
