// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import com.fasterxml.jackson.databind.JsonNode;

/** Runs the tests of one group of a Wycheproof file. */
@FunctionalInterface
interface WycheproofGroup {
    /** {@code algorithm} is the file's. */
    void run(String algorithm, JsonNode group, WycheproofTally tally);

    /** The bytes of a field in hex, some of which begin with half a byte. */
    static byte[] bytes(JsonNode node, String field) {
        String hex = node.path(field).asText();
        return java.util.HexFormat.of().parseHex(hex.length() % 2 == 0 ? hex : "0" + hex);
    }
}
