// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GnuTLS: p11tool and certtool. */
class P11ToolIT {
    private static final String TOKEN = "pkcs11:token=gnutls";

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_home() {
        home = new Home(folder);
    }

    @Test
    void a_token_is_initialised_gets_a_pin_and_is_listed() {
        p11tool("--initialize", "--label", "fresh", "--set-so-pin", Home.SO_PIN, "pkcs11:manufacturer=FerroHSM")
                .succeeded();
        p11tool("--initialize-pin", "--set-so-pin", Home.SO_PIN, "--set-pin", Home.PIN, "pkcs11:token=fresh")
                .succeeded();
        p11tool("--list-tokens").succeeded().says("Label: fresh").says("Requires login");
        p11tool("--list-mechanisms", "pkcs11:token=fresh").succeeded().says("CKM_ECDSA_SHA256");
        home.pkcs11Tool("--token-label", "fresh", "--login", "--pin", Home.PIN, "-O")
                .succeeded();
    }

    @Test
    void generated_keys_sign_what_gnutls_verifies() {
        home.newToken("gnutls");
        asUser("--generate-privkey=rsa", "--bits=2048", "--label=rsa", "--outfile=rsa.pem", TOKEN)
                .succeeded();
        asUser("--generate-privkey=ecdsa", "--curve=secp384r1", "--label=ec", "--outfile=ec.pem", TOKEN)
                .succeeded();
        asUser("--test-sign", TOKEN + ";object=rsa;type=private")
                .succeeded()
                .says("against public key in the token... ok");
        asUser("--sign-params=RSA-PSS", "--hash=SHA384", "--test-sign", TOKEN + ";object=rsa;type=private")
                .succeeded()
                .says("against public key in the token... ok");
        asUser("--test-sign", TOKEN + ";object=ec;type=private")
                .succeeded()
                .says("against public key in the token... ok");
        asUser("--export-pubkey", "--outfile=again.pem", TOKEN + ";object=ec;type=private")
                .succeeded();
        assertArrayEquals(publicKey("ec.pem"), publicKey("again.pem"));
    }

    @Test
    void written_objects_are_listed_exported_renamed_and_deleted() {
        home.newToken("gnutls");
        selfSigned();
        asUser("--write", "--load-privkey=key.pem", "--label=pair", "--id=0102", TOKEN)
                .succeeded();
        asUser("--write", "--load-pubkey=public.pem", "--label=pair", "--id=0102", TOKEN)
                .succeeded();
        asUser("--write", "--load-certificate=certificate.pem", "--label=certificate", "--id=0102", TOKEN)
                .succeeded();
        asUser("--write", "--secret-key=000102030405060708090a0b0c0d0e0f", "--label=secret", TOKEN)
                .succeeded();
        asUser("--test-sign", TOKEN + ";object=pair;type=private").succeeded().says("in the token... ok");
        asUser("--list-certs", TOKEN).succeeded().says("Label: certificate").says("ID: 01:02");
        asUser("--list-all", TOKEN)
                .succeeded()
                .says("Type: Private key")
                .says("Type: Public key")
                .says("Label: secret");
        asUser("--export", "--outfile=exported.pem", TOKEN + ";object=certificate;type=cert")
                .succeeded();
        assertArrayEquals(certificate("certificate.pem"), certificate("exported.pem"));
        asUser("--set-label=renamed", TOKEN + ";object=pair;type=private").succeeded();
        asUser("--set-id=0304", TOKEN + ";object=renamed;type=private").succeeded();
        asUser("--list-privkeys", TOKEN)
                .succeeded()
                .says("Label: renamed")
                .says("ID: 03:04")
                .doesNotSay("Label: pair");
        asUser("--delete", TOKEN + ";object=renamed;type=private").succeeded().says("1 objects deleted");
        asUser("--list-privkeys", TOKEN).doesNotSay("Label: renamed");
    }

    @Test
    void only_the_security_officer_marks_a_certificate_as_trusted() {
        home.newToken("gnutls");
        selfSigned();
        asUser("--write", "--load-certificate=certificate.pem", "--mark-trusted", "--label=ca", TOKEN)
                .failed()
                .says("may require security officer");
        p11tool(
                        "--so-login",
                        "--set-so-pin",
                        Home.SO_PIN,
                        "--write",
                        "--load-certificate=certificate.pem",
                        "--mark-trusted",
                        "--label=ca",
                        TOKEN)
                .succeeded();
        p11tool("--list-all-trusted", TOKEN).succeeded().says("Label: ca").says("CKA_TRUSTED");
    }

    @Test
    void certtool_makes_a_certificate_that_openssl_verifies() {
        home.newToken("gnutls");
        asUser("--generate-privkey=ecdsa", "--curve=secp256r1", "--label=ca", "--outfile=ca-public.pem", TOKEN)
                .succeeded();
        home.write(
                "template",
                "cn = \"ca\"\nca\ncert_signing_key\nexpiration_days = 30\n".getBytes(StandardCharsets.UTF_8));
        home.with("GNUTLS_PIN", Home.PIN)
                .run(
                        "certtool",
                        "--provider",
                        home.product().library().toString(),
                        "--generate-self-signed",
                        "--template=template",
                        "--load-privkey",
                        TOKEN + ";object=ca;type=private",
                        "--load-pubkey=ca-public.pem",
                        "--outfile=ca.pem")
                .succeeded();
        home.openssl("verify", "-CAfile", "ca.pem", "ca.pem").succeeded().says("OK");
    }

    @Test
    void random_bytes_come_in_the_number_that_was_asked_for() {
        home.newToken("gnutls");
        assertEquals(64, asUser("--generate-random=64", TOKEN).succeeded().output().length);
    }

    private void selfSigned() {
        home.newRsaCertificate("key.pem", "certificate.pem");
        home.openssl("pkey", "-in", "key.pem", "-pubout", "-out", "public.pem").succeeded();
    }

    private byte[] publicKey(String file) {
        return home.openssl("pkey", "-pubin", "-in", file, "-outform", "DER")
                .succeeded()
                .output();
    }

    private byte[] certificate(String file) {
        return home.openssl("x509", "-in", file, "-outform", "DER").succeeded().output();
    }

    private Outcome asUser(String... arguments) {
        List<String> line = new ArrayList<>(List.of("--login", "--set-pin", Home.PIN));
        line.addAll(List.of(arguments));
        return p11tool(line.toArray(String[]::new));
    }

    private Outcome p11tool(String... arguments) {
        List<String> line = new ArrayList<>(
                List.of("p11tool", "--provider", home.product().library().toString(), "--batch"));
        line.addAll(List.of(arguments));
        return home.run(line.toArray(String[]::new));
    }
}
