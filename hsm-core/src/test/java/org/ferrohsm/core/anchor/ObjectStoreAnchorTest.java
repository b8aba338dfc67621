// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.tlog.SignedNote;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a store on this machine that demands what S3 demands; its signatures are pinned by {@link RequestSignerTest}. */
class ObjectStoreAnchorTest {
    private static final String SECRET = "wJalrXUtnFEMI";

    @TempDir
    Path folder;

    private final Map<String, byte[]> objects = new HashMap<>();
    private final Map<String, String> locks = new HashMap<>();
    private boolean bucketHasObjectLock = true;

    @BeforeEach
    void writeKey() throws Exception {
        Files.writeString(folder.resolve("s3.key"), "access-key-id = KEYID\nsecret-access-key = " + SECRET + "\n");
    }

    private Peer.Reply answer(HttpExchange exchange, byte[] body) throws Exception {
        if (!isSigned(exchange, body)) {
            return new Peer.Reply(403, "SignatureDoesNotMatch".getBytes(UTF_8));
        }
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("HEAD")) {
            if (!objects.containsKey(path)) {
                return new Peer.Reply(404, new byte[0]);
            }
            if (locks.containsKey(path)) {
                exchange.getResponseHeaders().add("x-amz-object-lock-mode", "COMPLIANCE");
                exchange.getResponseHeaders().add("x-amz-object-lock-retain-until-date", locks.get(path));
            }
            return new Peer.Reply(200, new byte[0]);
        }
        String md5 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("MD5").digest(body));
        String until = exchange.getRequestHeaders().getFirst("x-amz-object-lock-retain-until-date");
        boolean isComplete = md5.equals(exchange.getRequestHeaders().getFirst("content-md5"))
                && "COMPLIANCE".equals(exchange.getRequestHeaders().getFirst("x-amz-object-lock-mode"))
                && Duration.between(Instant.now(), Instant.parse(until)).toDays() >= 29;
        if (!isComplete) {
            return new Peer.Reply(400, "InvalidRequest".getBytes(UTF_8));
        }
        objects.put(path, body);
        if (bucketHasObjectLock) {
            locks.put(path, until);
        }
        return new Peer.Reply(200, new byte[0]);
    }

    /** Makes the signature that the request should have of the headers that it says are signed. */
    private static boolean isSigned(HttpExchange exchange, byte[] body) throws Exception {
        String authorization = exchange.getRequestHeaders().getFirst("authorization");
        if (authorization == null) {
            return false;
        }
        String names = authorization.replaceFirst(".*SignedHeaders=([^,]+),.*", "$1");
        TreeMap<String, String> headers = new TreeMap<>();
        for (String name : names.split(";", -1)) {
            headers.put(name, exchange.getRequestHeaders().getFirst(name));
        }
        String host = String.valueOf(headers.remove("host"));
        String hash = String.valueOf(headers.remove("x-amz-content-sha256"));
        String date = String.valueOf(headers.remove("x-amz-date"));
        Instant at = Instant.parse(date.replaceFirst("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
        Map<String, String> right = new RequestSigner(
                        "KEYID", SecretBytes.adopt(("AWS4" + SECRET).getBytes(UTF_8)), "us-east-1")
                .sign(
                        exchange.getRequestMethod(),
                        URI.create("http://" + host + exchange.getRequestURI().getRawPath()),
                        headers,
                        body,
                        at);
        return hash.equals(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(body)))
                && authorization.equals(right.get("authorization"));
    }

    @Test
    void a_checkpoint_is_an_object_of_its_own_that_is_locked() {
        try (Peer peer = new Peer(this::answer);
                AnchoredLog log = new AnchoredLog(folder, "s3:" + peer.url() + "/bucket/audit/")) {
            SignedNote first = log.grow(1);
            SignedNote second = log.grow(1);
            log.deliver();
            String prefix = "/bucket/audit/ferrohsm/audit/" + log.log.id();
            for (SignedNote note : new SignedNote[] {first, second}) {
                String path = String.format("%s/%020d.checkpoint", prefix, AnchoredLog.size(note));
                assertEquals(note.format(), new String(objects.getOrDefault(path, new byte[0]), UTF_8));
                assertTrue(locks.containsKey(path), path);
            }
        }
    }

    @Test
    void a_bucket_that_does_not_lock_is_no_anchor() {
        bucketHasObjectLock = false;
        try (Peer peer = new Peer(this::answer);
                AnchoredLog log = new AnchoredLog(folder, "s3:" + peer.url() + "/bucket")) {
            log.grow(1);
            assertTrue(String.valueOf(log.fail().problem()).contains("not locked"));
        }
    }

    @Test
    void a_store_that_refuses_the_key_is_away() throws Exception {
        Files.writeString(folder.resolve("s3.key"), "access-key-id = KEYID\nsecret-access-key = wrong\n");
        try (Peer peer = new Peer(this::answer);
                AnchoredLog log = new AnchoredLog(folder, "s3:" + peer.url() + "/bucket")) {
            log.grow(1);
            assertTrue(String.valueOf(log.fail().problem()).contains("403"));
        }
    }
}
