// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that pkcs11-tool makes and uses, and OpenSSL's opinion of what comes out. */
class Pkcs11ToolKeysIT {
    private static final String[] SHA256 = {"-pkeyopt", "digest:sha256"};

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token_and_a_text() {
        home = new Home(folder);
        home.newToken("keys");
        home.write("text", "signed from C".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_rsa_key_signs_what_openssl_verifies_with_each_mechanism() {
        generate("RSA:2048");
        home.openssl("dgst", "-sha256", "-binary", "-out", "hash", "text").succeeded();

        home.asUser("--sign", "-m", "SHA256-RSA-PKCS", "-d", "01", "-i", "text", "-o", "pkcs")
                .succeeded();
        home.openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "pkcs", "text")
                .succeeded();
        verified("SHA256-RSA-PKCS", "text", "pkcs");

        home.asUser("--sign", "-m", "RSA-PKCS", "-d", "01", "-i", "text", "-o", "raw")
                .succeeded();
        Outcome recovered = home.openssl("pkeyutl", "-verifyrecover", "-pubin", "-inkey", "public.pem", "-in", "raw")
                .succeeded();
        assertEquals("signed from C", recovered.text());
        verified("RSA-PKCS", "text", "raw");

        home.asUser("--sign", "-m", "RSA-PKCS-PSS", "--hash-algorithm", "SHA256", "-d", "01", "-i", "hash", "-o", "pss")
                .succeeded();
        home.openssl(pkeyutl("pss", "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", "rsa_pss_saltlen:32"))
                .succeeded();
        verified("RSA-PKCS-PSS", "hash", "pss", "--hash-algorithm", "SHA256");

        home.asUser("--sign", "-m", "SHA384-RSA-PKCS-PSS", "-d", "01", "-i", "text", "-o", "pss384")
                .succeeded();
        home.openssl(
                        "dgst",
                        "-sha384",
                        "-sigopt",
                        "rsa_padding_mode:pss",
                        "-verify",
                        "public.pem",
                        "-signature",
                        "pss384",
                        "text")
                .succeeded();
    }

    @Test
    void a_signature_of_another_text_is_not_verified() {
        generate("RSA:2048");
        home.write("other", "signed from D".getBytes(StandardCharsets.UTF_8));
        home.asUser("--sign", "-m", "SHA256-RSA-PKCS", "-d", "01", "-i", "text", "-o", "pkcs")
                .succeeded();
        home.asUser("--verify", "-m", "SHA256-RSA-PKCS", "-d", "01", "-i", "other", "--signature-file", "pkcs")
                .says("Invalid signature");
    }

    @Test
    void an_rsa_key_decrypts_what_openssl_encrypted() {
        generate("RSA:2048");
        home.openssl(encrypt("oaep", "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256"))
                .succeeded();
        assertEquals(
                "signed from C",
                home.asUser(
                                "--decrypt",
                                "-m",
                                "RSA-PKCS-OAEP",
                                "--hash-algorithm",
                                "SHA256",
                                "--mgf",
                                "MGF1-SHA256",
                                "-d",
                                "01",
                                "-i",
                                "oaep")
                        .succeeded()
                        .text());
    }

    @Test
    void an_ec_key_signs_what_openssl_verifies() {
        generate("EC:prime256v1");
        home.openssl("dgst", "-sha256", "-binary", "-out", "hash", "text").succeeded();

        home.asUser("--sign", "-m", "ECDSA", "-f", "openssl", "-d", "01", "-i", "hash", "-o", "raw")
                .succeeded();
        home.openssl(pkeyutl("raw")).succeeded();
        verified("ECDSA", "hash", "raw", "-f", "openssl");

        home.asUser("--sign", "-m", "ECDSA-SHA256", "-f", "openssl", "-d", "01", "-i", "text", "-o", "hashed")
                .succeeded();
        home.openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "hashed", "text")
                .succeeded();
        verified("ECDSA-SHA256", "text", "hashed", "-f", "openssl");
    }

    @Test
    void a_derived_secret_is_the_one_that_openssl_derives() throws IOException {
        home.asUser("--keypairgen", "--key-type", "EC:prime256v1", "--usage-derive", "--id", "01", "--label", "ecdh")
                .succeeded();
        readPublicKey();
        home.openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "peer.pem")
                .succeeded();
        home.openssl("pkey", "-in", "peer.pem", "-pubout", "-outform", "DER", "-out", "peer.der")
                .succeeded();
        home.asUser("--derive", "-m", "ECDH1-DERIVE", "-d", "01", "-i", "peer.der", "-o", "ours")
                .succeeded();
        home.openssl("pkeyutl", "-derive", "-inkey", "peer.pem", "-peerkey", "public.pem", "-out", "theirs")
                .succeeded();
        assertArrayEquals(Files.readAllBytes(home.file("theirs")), Files.readAllBytes(home.file("ours")));
    }

    @Test
    void an_aes_key_encrypts_and_decrypts() {
        home.asUser("--keygen", "--key-type", "AES:32", "--id", "03", "--label", "aes", "--usage-decrypt")
                .succeeded();
        String[] iv = {"--iv", "000102030405060708090a0b0c0d0e0f"};
        home.asUser("--encrypt", "-m", "AES-CBC-PAD", iv[0], iv[1], "-d", "03", "-i", "text", "-o", "sealed")
                .succeeded();
        assertEquals(
                "signed from C",
                home.asUser("--decrypt", "-m", "AES-CBC-PAD", iv[0], iv[1], "-d", "03", "-i", "sealed")
                        .succeeded()
                        .text());
    }

    @Test
    void a_hash_is_the_one_that_openssl_computes() {
        byte[] expected =
                home.openssl("dgst", "-sha512", "-binary", "text").succeeded().output();
        assertArrayEquals(
                expected,
                home.asUser("--hash", "-m", "SHA512", "-i", "text").succeeded().output());
    }

    private void generate(String keyType) {
        home.asUser(
                        "--keypairgen",
                        "--key-type",
                        keyType,
                        "--id",
                        "01",
                        "--label",
                        "key",
                        "--usage-sign",
                        "--usage-decrypt")
                .succeeded();
        readPublicKey();
    }

    private void readPublicKey() {
        home.asUser("--read-object", "--type", "pubkey", "-d", "01", "-o", "public.der")
                .succeeded();
        home.openssl("pkey", "-pubin", "-inform", "DER", "-in", "public.der", "-pubout", "-out", "public.pem")
                .succeeded();
    }

    private void verified(String mechanism, String data, String signature, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--verify", "-m", mechanism, "-d", "01", "-i", data));
        arguments.addAll(List.of("--signature-file", signature));
        arguments.addAll(List.of(more));
        home.asUser(arguments.toArray(String[]::new)).succeeded().says("Signature is valid");
    }

    private static String[] pkeyutl(String signature, String... options) {
        List<String> line = new ArrayList<>(List.of("pkeyutl", "-verify", "-pubin", "-inkey", "public.pem"));
        line.addAll(List.of("-in", "hash", "-sigfile", signature));
        line.addAll(List.of(SHA256));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }

    private static String[] encrypt(String target, String... options) {
        List<String> line = new ArrayList<>(List.of("pkeyutl", "-encrypt", "-pubin", "-inkey", "public.pem"));
        line.addAll(List.of("-in", "text", "-out", target));
        line.addAll(List.of(options));
        return line.toArray(String[]::new);
    }
}
