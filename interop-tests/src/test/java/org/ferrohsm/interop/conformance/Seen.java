// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.w3c.dom.Element;

/** What a case has sent and received that a later signature depends on. */
final class Seen {
    private final Map<String, String> attributes = new HashMap<>();
    private byte[] data = new byte[0];

    void sent(Element call) {
        if (call.getTagName().equals("C_Sign")) {
            for (Element child : Case.children(call)) {
                if (child.getTagName().equals("Data")) {
                    data = HexFormat.of().parseHex(child.getAttribute("value"));
                }
            }
        }
    }

    void received(String attribute, String hex) {
        attributes.put(attribute, hex);
    }

    /** The public key that the case has read verifies the signature of the data that it has sent. */
    void verify(String where, String signature) {
        try {
            RSAPublicKeySpec key = new RSAPublicKeySpec(integer("MODULUS"), integer("PUBLIC_EXPONENT"));
            Signature verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(KeyFactory.getInstance("RSA").generatePublic(key));
            verifier.update(data);
            assertTrue(verifier.verify(HexFormat.of().parseHex(signature)), where);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(where, e);
        }
    }

    private BigInteger integer(String attribute) {
        String hex = attributes.get(attribute);
        if (hex == null) {
            throw new AssertionError("the case has not read " + attribute);
        }
        return new BigInteger(hex, 16);
    }
}
