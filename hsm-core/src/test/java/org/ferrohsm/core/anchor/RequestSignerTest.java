// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.ferrohsm.core.secret.SecretBytes;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
    /** The PUT of "Signature Calculations for the Authorization Header" in the Amazon S3 API reference. */
    @Test
    void the_published_example_has_its_published_signature() {
        RequestSigner signer = new RequestSigner(
                "AKIAIOSFODNN7EXAMPLE",
                SecretBytes.adopt("AWS4wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".getBytes(UTF_8)),
                "us-east-1");
        Map<String, String> headers = signer.sign(
                "PUT",
                URI.create("https://examplebucket.s3.amazonaws.com/test%24file.text"),
                new TreeMap<>(
                        Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY")),
                "Welcome to Amazon S3.".getBytes(UTF_8),
                Instant.parse("2013-05-24T00:00:00Z"));
        assertEquals(
                "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
                headers.get("x-amz-content-sha256"));
        String authorization = String.valueOf(headers.get("authorization"));
        assertTrue(
                authorization.endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
                authorization);
    }
}
