// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS by keys of the token, seen from OpenSSL and from a Java client with a certificate. */
class TlsTest {
    private record Handshake(String protocol, String algorithms, String subject, List<String> more) {}

    private static final List<Handshake> HANDSHAKES = List.of(
            new Handshake("-tls1_2", "RSA-PSS+SHA256", "RSA", List.of()),
            new Handshake("-tls1_2", "RSA+SHA256", "RSA", List.of()),
            new Handshake("-tls1_2", "RSA+SHA256", "RSA", List.of("-groups", "P-256")),
            new Handshake("-tls1_2", "RSA+SHA256", "RSA", List.of("-cipher", "AES256-GCM-SHA384:@SECLEVEL=0")),
            new Handshake("-tls1_2", "ECDSA+SHA256", "EC", List.of()),
            new Handshake("-tls1_3", "RSA-PSS+SHA256:RSA+SHA256", "RSA", List.of()),
            new Handshake("-tls1_3", "RSA-PSS+SHA512:RSA+SHA256", "RSA", List.of("-groups", "P-384")),
            new Handshake("-tls1_3", "ECDSA+SHA256", "EC", List.of()),
            new Handshake("-tls1_3", "ECDSA+SHA256", "EC", List.of("-groups", "P-256")),
            new Handshake("-tls1_3", "ed25519", "Ed25519", List.of()));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"last", "first"})
    void openssl_agrees_with_a_server_wherever_the_provider_stands(String place) throws Exception {
        TestToken token = TestToken.in(folder);
        Path everythingOn = Files.writeString(folder.resolve("security"), "jdk.tls.disabledAlgorithms=\n");
        Process server = new ProcessBuilder(
                        TestProcess.jdk("java"),
                        "-Djava.security.properties=" + everythingOn,
                        "-cp",
                        TestProcess.classPath(),
                        TlsServer.class.getName(),
                        token.configFile().toString(),
                        place)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = server.inputReader(StandardCharsets.UTF_8)) {
            String port = output.readLine();
            for (Handshake handshake : HANDSHAKES) {
                TestProcess.Result result = connect(port, handshake);
                assertTrue(
                        result.output().contains("subject=CN = " + handshake.subject + "\n")
                                && result.output().contains("served"),
                        place + " " + handshake + ": " + result.output());
            }
        } finally {
            server.getOutputStream().close();
            assertEquals(0, server.waitFor());
        }
    }

    private TestProcess.Result connect(String port, Handshake handshake) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_client",
                "-connect",
                "localhost:" + port,
                handshake.protocol,
                "-sigalgs",
                handshake.algorithms,
                "-ign_eof",
                "-showcerts"));
        command.addAll(handshake.more);
        return TestProcess.run(folder, command);
    }

    @Test
    void a_client_shows_a_certificate_of_the_token() throws Exception {
        TestToken token = TestToken.in(folder);
        Provider provider = token.provider();
        Security.addProvider(provider);
        try {
            KeyStore store = TestToken.keyStore(provider);
            TlsServer.makeKeys(provider, store);
            SSLContext context = TlsServer.context(store);
            try (SSLServerSocket server =
                    (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0)) {
                server.setNeedClientAuth(true);
                Thread thread = new Thread(() -> TlsServer.serve(server), "server");
                thread.setDaemon(true);
                thread.start();
                for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                    try (SSLSocket client =
                            (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
                        client.setEnabledProtocols(new String[] {protocol});
                        byte[] greeting = client.getInputStream().readNBytes(7);
                        assertEquals("served\n", new String(greeting, StandardCharsets.US_ASCII));
                        assertEquals(protocol, client.getSession().getProtocol());
                        assertEquals(1, client.getSession().getLocalCertificates().length);
                    }
                }
            }
        } finally {
            Security.removeProvider("FerroHSM");
        }
    }
}
