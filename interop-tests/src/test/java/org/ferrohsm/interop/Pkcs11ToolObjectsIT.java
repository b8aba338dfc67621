// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ferrohsm.interop.fixture.Home;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that pkcs11-tool brings, reads and takes away. */
class Pkcs11ToolObjectsIT {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token() {
        home = new Home(folder);
        home.newToken("objects");
    }

    @Test
    void a_certificate_is_written_read_back_unchanged_and_deleted() throws IOException {
        home.openssl(
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        "key.pem",
                        "-subj",
                        "/CN=interop",
                        "-outform",
                        "DER",
                        "-out",
                        "cert.der")
                .succeeded();
        home.asUser("--write-object", "cert.der", "--type", "cert", "--id", "07", "--label", "a certificate")
                .succeeded();
        home.asUser("-O", "--type", "cert").succeeded().says("a certificate").says("CN=interop");
        home.asUser("--read-object", "--type", "cert", "--id", "07", "-o", "back.der")
                .succeeded();
        assertArrayEquals(Files.readAllBytes(home.file("cert.der")), Files.readAllBytes(home.file("back.der")));
        home.asUser("--delete-object", "--type", "cert", "--id", "07").succeeded();
        home.asUser("-O").succeeded().doesNotSay("a certificate");
    }

    @Test
    void a_data_object_is_written_read_back_unchanged_and_deleted() throws IOException {
        home.write("data", "some data".getBytes(StandardCharsets.UTF_8));
        home.asUser("--write-object", "data", "--type", "data", "--label", "note", "--private")
                .succeeded();
        home.pkcs11Tool("--slot", "0", "-O").succeeded().doesNotSay("note");
        home.asUser("--read-object", "--type", "data", "--label", "note", "-o", "back")
                .succeeded();
        assertArrayEquals(Files.readAllBytes(home.file("data")), Files.readAllBytes(home.file("back")));
        home.asUser("--delete-object", "--type", "data", "--label", "note").succeeded();
        home.asUser("-O").succeeded().doesNotSay("note");
    }

    @Test
    void an_imported_private_key_signs_what_its_own_public_key_verifies() {
        home.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem")
                .succeeded();
        home.openssl("pkey", "-in", "key.pem", "-pubout", "-out", "public.pem").succeeded();
        home.openssl("pkey", "-in", "key.pem", "-outform", "DER", "-out", "key.der")
                .succeeded();
        home.asUser("--write-object", "key.der", "--type", "privkey", "--id", "08", "--usage-sign")
                .succeeded();
        home.write("text", "text".getBytes(StandardCharsets.UTF_8));
        home.asUser("--sign", "-m", "SHA256-RSA-PKCS", "-d", "08", "-i", "text", "-o", "signature")
                .succeeded();
        home.openssl("dgst", "-sha256", "-verify", "public.pem", "-signature", "signature", "text")
                .succeeded();
    }

    @Test
    void deleting_what_is_not_there_is_an_error() {
        home.asUser("--delete-object", "--type", "cert", "--id", "55").failed();
    }
}
