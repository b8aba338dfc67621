// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ferrohsm.core.audit.Anchor;
import org.ferrohsm.core.audit.AnchorException;
import org.ferrohsm.core.engine.Engines;

/**
 * A bucket of an S3-compatible store with object lock: an object for each checkpoint, which nobody can delete or overwrite
 * before its time (mode COMPLIANCE). Path-style addresses, AWS signature version 4.
 */
final class ObjectStoreAnchor implements Anchor {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final String MODE = "x-amz-object-lock-mode";
    private static final String UNTIL = "x-amz-object-lock-retain-until-date";

    private final String name;
    private final URI bucket;
    private final long days;
    private final RequestSigner signer;
    private final Engines engines;
    private final Clock clock;
    private final HttpCall http = new HttpCall();

    /**
     * An anchor.
     *
     * @param bucket {@code https://host/bucket/prefix}
     * @param days for how long objects stay locked
     */
    ObjectStoreAnchor(String name, URI bucket, long days, RequestSigner signer, Engines engines, Clock clock) {
        this.name = name;
        this.bucket = bucket;
        this.days = days;
        this.signer = signer;
        this.engines = engines;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void keep(Statement statement) throws AnchorException {
        byte[] note = statement.note().format().getBytes(UTF_8);
        URI object = URI.create(String.format(
                "%s/%s/%020d.checkpoint",
                bucket.toString().replaceFirst("/+$", ""),
                statement.checkpoint().origin(),
                statement.checkpoint().size()));
        Instant now = clock.instant();
        TreeMap<String, String> headers = new TreeMap<>();
        headers.put(
                "content-md5",
                Base64.getEncoder().encodeToString(engines.digest("MD5").digest(note)));
        headers.put("content-type", "text/plain; charset=utf-8");
        headers.put(MODE, "COMPLIANCE");
        headers.put(UNTIL, TIME.format(now.plus(days, ChronoUnit.DAYS)));
        HttpCall.Answer put = send("PUT", object, headers, note, now);
        if (put.status() != 200) {
            throw new AnchorException(object + " is refused with HTTP status " + put.status(), null);
        }
        HttpCall.Answer head = send("HEAD", object, new TreeMap<>(), new byte[0], now);
        if (head.status() != 200
                || !head.header(MODE).equals(Optional.of("COMPLIANCE"))
                || head.header(UNTIL).isEmpty()) {
            throw new AnchorException(object + " is stored and not locked: the bucket needs object lock", null);
        }
    }

    private HttpCall.Answer send(String method, URI object, SortedMap<String, String> headers, byte[] body, Instant now)
            throws AnchorException {
        Map<String, String> signed = new LinkedHashMap<>(signer.sign(method, object, headers, body, now));
        // The client sends this one itself.
        signed.remove("host");
        return http.send(method, object, signed, body);
    }
}
