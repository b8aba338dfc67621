// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

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

/** NSS, the library of Firefox and its like: a database that has the product's library as a module. */
class NssIT {
    private static final String DATABASE = "sql:nss";

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_database_with_the_module() {
        home = new Home(folder);
        home.newToken("nss");
        home.write("pin", Home.PIN.getBytes(StandardCharsets.UTF_8));
        home.write("noise", "any bytes will do, the token has a generator of its own".getBytes(StandardCharsets.UTF_8));
        home.write("text", "signed with NSS\n".getBytes(StandardCharsets.UTF_8));
        home.run("mkdir", "nss").succeeded();
        home.run("certutil", "-N", "-d", DATABASE, "--empty-password").succeeded();
        home.run(
                        "modutil",
                        "-force",
                        "-dbdir",
                        DATABASE,
                        "-add",
                        "FerroHSM",
                        "-libfile",
                        home.product().library().toString(),
                        "-mechanisms",
                        "FRIENDLY")
                .succeeded();
    }

    @Test
    void modutil_lists_the_module_and_its_token_and_takes_it_out_again() {
        home.run("modutil", "-dbdir", DATABASE, "-list")
                .succeeded()
                .says("FerroHSM")
                .says("token: nss");
        certutil("-U").succeeded().says("token: nss");
        home.run("modutil", "-force", "-dbdir", DATABASE, "-delete", "FerroHSM").succeeded();
        home.run("modutil", "-dbdir", DATABASE, "-list").succeeded().doesNotSay("FerroHSM");
    }

    @Test
    void key_pairs_are_generated_listed_and_deleted() {
        onToken("-G", "-k", "rsa", "-g", "2048", "-z", "noise").succeeded();
        onToken("-G", "-k", "ec", "-q", "nistp384", "-z", "noise").succeeded();
        Outcome keys = onToken("-K").succeeded().says("rsa").says("ec");
        String rsa = keys.text()
                .lines()
                .filter(line -> line.contains("rsa"))
                .map(line -> line.split("\\s+", -1)[3])
                .findFirst()
                .orElseThrow();
        onToken("-F", "-k", rsa).succeeded();
        onToken("-K").succeeded().says("ec").doesNotSay("rsa");
    }

    @Test
    void a_certificate_is_made_verified_read_and_deleted_with_its_key() {
        onToken(selfSigned("root", "ec", "-q", "nistp256")).succeeded();
        onToken("-L").succeeded().says("nss:root");
        certutil("-V", "-n", "nss:root", "-u", "L", "-e").succeeded().says("is valid");
        home.write(
                "root.pem", certutil("-L", "-n", "nss:root", "-a").succeeded().output());
        home.openssl("verify", "-check_ss_sig", "-CAfile", "root.pem", "root.pem")
                .succeeded()
                .says("OK");
        onToken("-F", "-n", "nss:root").succeeded();
        onToken("-L").succeeded().doesNotSay("nss:root");
        onToken("-K").says("no keys found");
    }

    @Test
    void a_request_is_signed_by_a_key_on_the_token_and_openssl_agrees() {
        onToken(selfSigned("ca", "rsa", "-g", "2048")).succeeded();
        issued();
        home.openssl("req", "-inform", "DER", "-in", "request.der", "-noout", "-verify")
                .succeeded()
                .says("verify OK");
        certutil("-V", "-n", "nss:issued", "-u", "S").succeeded().says("is valid");
    }

    @Test
    void a_message_is_signed_and_another_is_decrypted_with_a_key_on_the_token() {
        onToken(selfSigned("ca", "rsa", "-g", "2048")).succeeded();
        issued();
        cmsutil("-S", "-N", "nss:issued", "-G", "-i", "text", "-o", "signed.der")
                .succeeded();
        assertEquals(
                "signed with NSS\n",
                cmsutil("-D", "-i", "signed.der").succeeded().text());
        home.write(
                "issued.pem",
                certutil("-L", "-n", "nss:issued", "-a").succeeded().output());
        home.openssl("cms", "-verify", "-noverify", "-inform", "DER", "-in", "signed.der", "-certfile", "issued.pem")
                .succeeded()
                .says("signed with NSS");
        home.openssl(
                        "cms",
                        "-encrypt",
                        "-aes256",
                        "-binary",
                        "-in",
                        "text",
                        "-outform",
                        "DER",
                        "-out",
                        "sealed.der",
                        "issued.pem")
                .succeeded();
        assertEquals(
                "signed with NSS\n",
                cmsutil("-D", "-i", "sealed.der").succeeded().text());
    }

    @Test
    void pkcs12_files_of_openssl_are_imported_and_their_keys_do_not_leave_again() {
        home.newRsaCertificate("key.pem", "own.pem");
        imported("today", "AES-256-CBC", "-macalg", "SHA256");
        imported("old", "PBE-SHA1-3DES", "-macalg", "SHA1");
    }

    private void imported(String name, String cipher, String... mac) {
        List<String> line = new ArrayList<>(List.of("pkcs12", "-export", "-keypbe", cipher, "-certpbe", cipher));
        line.addAll(List.of(mac));
        line.addAll(List.of("-inkey", "key.pem", "-in", "own.pem", "-name", name, "-passout", "pass:pw"));
        line.addAll(List.of("-out", name + ".p12"));
        home.openssl(line.toArray(String[]::new)).succeeded();
        pk12util("-i", name + ".p12").succeeded();
        Outcome keys = onToken("-K").succeeded().says(name);
        pk12util("-o", "out.p12", "-n", "nss:" + name).failed().says("SEC_ERROR");
        String id = keys.text()
                .lines()
                .filter(one -> one.contains("rsa"))
                .map(one -> one.split("\\s+", -1)[3])
                .findFirst()
                .orElseThrow();
        onToken("-F", "-k", id).succeeded();
        onToken("-D", "-n", "nss:" + name).succeeded();
    }

    @Test
    void a_secret_key_is_generated_and_listed() {
        symkeyutil("-K", "-n", "secret", "-t", "aes", "-s", "32").succeeded();
        symkeyutil("-L").succeeded().says("secret");
    }

    /** A certificate that its own new key signs, trusted for everything. */
    private static String[] selfSigned(String name, String type, String... size) {
        List<String> line = new ArrayList<>(List.of("-S", "-n", name, "-s", "CN=" + name, "-x", "-t", "CTu,CTu,CTu"));
        line.addAll(List.of("-z", "noise", "-m", "1", "-v", "12", "-k", type));
        line.addAll(List.of(size));
        return line.toArray(String[]::new);
    }

    /** A new key, a request for it, and the certificate that the key of nss:ca gives it. */
    private void issued() {
        onToken("-R", "-s", "CN=issued", "-k", "rsa", "-g", "2048", "-z", "noise", "-o", "request.der")
                .succeeded();
        certutil("-C", "-c", "nss:ca", "-i", "request.der", "-o", "issued.der", "-m", "2", "-v", "12")
                .succeeded();
        onToken("-A", "-n", "issued", "-t", "u,u,u", "-i", "issued.der").succeeded();
    }

    private Outcome onToken(String... arguments) {
        return run("certutil", List.of("-d", DATABASE, "-h", "nss", "-f", "pin"), arguments);
    }

    private Outcome certutil(String... arguments) {
        return run("certutil", List.of("-d", DATABASE, "-f", "pin"), arguments);
    }

    private Outcome cmsutil(String... arguments) {
        return run("cmsutil", List.of("-d", DATABASE, "-f", "pin"), arguments);
    }

    private Outcome pk12util(String... arguments) {
        return run("pk12util", List.of("-d", DATABASE, "-h", "nss", "-k", "pin", "-W", "pw"), arguments);
    }

    private Outcome symkeyutil(String... arguments) {
        return run("symkeyutil", List.of("-d", DATABASE, "-h", "nss", "-f", "pin"), arguments);
    }

    private Outcome run(String program, List<String> common, String... arguments) {
        List<String> line = new ArrayList<>(List.of(program));
        line.addAll(List.of(arguments));
        line.addAll(common);
        return home.run(line.toArray(String[]::new));
    }
}
