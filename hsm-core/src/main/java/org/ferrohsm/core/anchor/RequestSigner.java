// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ferrohsm.core.seal.HmacSha256;
import org.ferrohsm.core.seal.HostJce;
import org.ferrohsm.core.secret.SecretBytes;

/** AWS signature version 4 for requests without a query, to the service {@code s3}. */
final class RequestSigner {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String keyId;
    private final SecretBytes secret;
    private final String region;

    /** {@code secret} is the secret access key after the four characters {@code AWS4}; takes it over. */
    RequestSigner(String keyId, SecretBytes secret, String region) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
    }

    /** All headers that the request is to have, names in lower case. */
    Map<String, String> sign(String method, URI uri, SortedMap<String, String> headers, byte[] body, Instant now) {
        String time = TIME.format(now);
        String date = time.substring(0, 8);
        String bodyHash = hash(body);
        TreeMap<String, String> all = new TreeMap<>(headers);
        all.put("host", uri.getAuthority());
        all.put("x-amz-content-sha256", bodyHash);
        all.put("x-amz-date", time);
        String names = String.join(";", all.keySet());
        String canonical = method + "\n" + uri.getRawPath() + "\n\n"
                + all.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + bodyHash;
        String scope = date + "/" + region + "/s3/aws4_request";
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hash(canonical.getBytes(UTF_8));
        byte[] key = HmacSha256.of(secret, date.getBytes(UTF_8));
        for (String part : new String[] {region, "s3", "aws4_request", toSign}) {
            try (SecretBytes step = SecretBytes.adopt(key)) {
                key = HmacSha256.of(step, part.getBytes(UTF_8));
            }
        }
        all.put(
                "authorization",
                ALGORITHM + " Credential=" + keyId + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + HexFormat.of().formatHex(key));
        return all;
    }

    private static String hash(byte[] content) {
        return HexFormat.of().formatHex(HostJce.sha256().digest(content));
    }
}
