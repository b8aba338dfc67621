// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.interop.fixture.Home;
import org.ferrohsm.interop.fixture.Outcome;
import org.ferrohsm.interop.fixture.SunPkcs11Tls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java programs that use the library through SunPKCS11, and so have a JVM before the library looks for one. */
class JavaHostsIT {
    private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");

    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void a_token_with_two_entries_by_keytool() {
        home = new Home(folder);
        home.newToken("java");
        home.write(
                "p11.cfg",
                ("name = FerroHSM\nlibrary = " + home.product().library() + "\nslotListIndex = 0\n")
                        .getBytes(StandardCharsets.UTF_8));
        onToken("keytool", "-genkeypair", "-alias", "rsa", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=rsa")
                .succeeded();
        onToken("keytool", "-genkeypair", "-alias", "ec", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=ec")
                .succeeded();
    }

    @Test
    void keytool_lists_its_entries_and_jarsigner_signs_with_one() {
        onToken("keytool", "-list").succeeded().says("contains 2 entries").says("rsa, PrivateKeyEntry");
        home.run(tool("jar"), "cf", "a.jar", "p11.cfg").succeeded();
        onToken("jarsigner", "a.jar", "ec").succeeded();
        home.run(tool("jarsigner"), "-verify", "a.jar").succeeded().says("jar verified");
        onToken("keytool", "-delete", "-alias", "ec").succeeded();
        onToken("keytool", "-list").succeeded().says("contains 1 entry");
    }

    @Test
    void a_tls_server_and_its_clients_share_a_jvm_with_the_token() throws URISyntaxException {
        Path classes = Path.of(SunPkcs11Tls.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        // There is no other JVM to be had.
        home.with("FERROHSM_JAVA_HOME", "/nonexistent");
        home.run(tool("java"), "-cp", classes.toString(), SunPkcs11Tls.class.getName(), "p11.cfg", Home.PIN)
                .succeeded()
                .says("15 handshakes");
    }

    private Outcome onToken(String tool, String... arguments) {
        List<String> line = new ArrayList<>(List.of(tool(tool)));
        line.addAll(List.of("-keystore", "NONE", "-storetype", "PKCS11", "-storepass", Home.PIN));
        line.addAll(List.of("-providerClass", "sun.security.pkcs11.SunPKCS11", "-providerArg", "p11.cfg"));
        line.addAll(List.of(arguments));
        return home.run(line.toArray(String[]::new));
    }

    private static String tool(String name) {
        return JDK.resolve(name).toString();
    }
}
