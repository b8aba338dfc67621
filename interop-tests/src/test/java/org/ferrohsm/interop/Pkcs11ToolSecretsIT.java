// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.ferrohsm.interop.fixture.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secret keys that pkcs11-tool writes, wraps, unwraps and computes with, and OpenSSL's opinion of what comes out. */
class Pkcs11ToolSecretsIT {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final String IV = "101112131415161718191a1b1c1d1e1f";

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token_and_a_text() {
        home = new Home(folder);
        home.newToken("secrets");
        home.write("text", "a text of thirty-two characters!".getBytes(StandardCharsets.UTF_8));
        home.write("key", HexFormat.of().parseHex(KEY));
    }

    @Test
    void a_written_aes_key_encrypts_as_openssl_does_with_its_bytes() throws IOException {
        write();
        home.asUser("--encrypt", "-m", "AES-ECB", "-d", "01", "-i", "text", "-o", "ecb")
                .succeeded();
        home.asUser("--encrypt", "-m", "AES-CBC", "--iv", IV, "-d", "01", "-i", "text", "-o", "cbc")
                .succeeded();
        home.asUser("--encrypt", "-m", "AES-CBC-PAD", "--iv", IV, "-d", "01", "-i", "text", "-o", "pad")
                .succeeded();
        assertArrayEquals(enc("-aes-256-ecb", "-nopad"), read("ecb"));
        assertArrayEquals(enc("-aes-256-cbc", "-nopad", "-iv", IV), read("cbc"));
        assertArrayEquals(enc("-aes-256-cbc", "-iv", IV), read("pad"));
        home.asUser("--decrypt", "-m", "AES-CBC", "--iv", IV, "-d", "01", "-i", "cbc", "-o", "back")
                .succeeded();
        assertArrayEquals(read("text"), read("back"));
    }

    @Test
    void a_generic_key_gives_the_macs_that_openssl_computes_with_its_bytes() throws IOException {
        String shown = home.asUser(
                        "--keygen",
                        "--key-type",
                        "GENERIC:32",
                        "-d",
                        "01",
                        "--label",
                        "mac",
                        "--usage-sign",
                        "--extractable")
                .succeeded()
                .text();
        String key = shown.replaceFirst("(?s).*VALUE:\\s+([0-9a-f]{64})\\b.*", "$1");
        for (String hash : new String[] {"SHA256", "SHA384", "SHA512"}) {
            home.asUser("--sign", "-m", hash + "-HMAC", "-d", "01", "-i", "text", "-o", "mac")
                    .succeeded();
            byte[] expected = home.openssl(
                            "dgst", "-" + hash, "-mac", "HMAC", "-macopt", "hexkey:" + key, "-binary", "text")
                    .succeeded()
                    .output();
            assertArrayEquals(expected, read("mac"));
            home.asUser("--verify", "-m", hash + "-HMAC", "-d", "01", "-i", "text", "--signature-file", "mac")
                    .succeeded()
                    .says("Signature is valid");
        }
    }

    /** A key that wraps, and one with {@code property} to be wrapped. */
    private void makesKeys(String property) {
        home.asUser("--keygen", "--key-type", "AES:32", "-d", "01", "--label", "outer", "--usage-wrap")
                .succeeded();
        home.asUser("--keygen", "--key-type", "AES:16", "-d", "02", "--label", "inner", "--usage-decrypt", property)
                .succeeded();
    }

    @Test
    void a_wrapped_key_unwraps_to_the_same_key() throws IOException {
        makesKeys("--extractable");
        home.asUser("--wrap", "-m", "AES-KEY-WRAP", "-d", "01", "--application-id", "02", "-o", "wrapped")
                .succeeded();
        assertEquals(24, read("wrapped").length);
        home.asUser(
                        "--unwrap",
                        "-m",
                        "AES-KEY-WRAP",
                        "-d",
                        "01",
                        "-i",
                        "wrapped",
                        "--key-type",
                        "AES:",
                        "--application-id",
                        "03",
                        "--application-label",
                        "again",
                        "--sensitive")
                .succeeded();
        for (String id : new String[] {"02", "03"}) {
            home.asUser("--encrypt", "-m", "AES-ECB", "-d", id, "-i", "text", "-o", "by" + id)
                    .succeeded();
        }
        assertArrayEquals(read("by02"), read("by03"));
    }

    @Test
    void a_key_that_may_not_leave_is_not_wrapped() {
        makesKeys("--sensitive");
        home.asUser("--wrap", "-m", "AES-KEY-WRAP", "-d", "01", "--application-id", "02", "-o", "wrapped")
                .failed()
                .says("CKR_KEY_UNEXTRACTABLE");
    }

    @Test
    void listed_secret_keys_are_there_until_they_are_deleted() {
        write();
        home.asUser("-O", "--type", "secrkey").succeeded().says("AES length 32").says("label:      written");
        home.asUser("--delete-object", "--type", "secrkey", "-d", "01").succeeded();
        home.asUser("-O", "--type", "secrkey").succeeded().doesNotSay("written");
    }

    private void write() {
        home.asUser(
                        "--write-object",
                        "key",
                        "--type",
                        "secrkey",
                        "--key-type",
                        "AES:32",
                        "-d",
                        "01",
                        "--label",
                        "written",
                        "--usage-decrypt")
                .succeeded();
    }

    private byte[] enc(String... cipher) {
        String[] line = new String[cipher.length + 5];
        line[0] = "enc";
        System.arraycopy(cipher, 0, line, 1, cipher.length);
        System.arraycopy(new String[] {"-K", KEY, "-in", "text"}, 0, line, cipher.length + 1, 4);
        return home.openssl(line).succeeded().output();
    }

    private byte[] read(String file) throws IOException {
        return Files.readAllBytes(home.file(file));
    }
}
