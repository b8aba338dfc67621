// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;

/** The fields of vectors. */
final class Json {
    private Json() {}

    static byte[] hex(JsonNode node, String field) {
        return HexFormat.of().parseHex(node.path(field).asText());
    }

    /** A number in hexadecimal, never negative. */
    static BigInteger number(JsonNode node, String field) {
        String digits = node.path(field).asText();
        return digits.isEmpty() ? BigInteger.ZERO : new BigInteger(digits, 16);
    }

    static byte[] base64Url(JsonNode node, String field) {
        return Base64.getUrlDecoder().decode(node.path(field).asText());
    }

    /** What is between the lines of a PEM text. */
    static byte[] pem(JsonNode node, String field) {
        return Base64.getMimeDecoder().decode(node.path(field).asText().replaceAll("-----[^-]+-----", ""));
    }
}
