// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.ferrohsm.jca.spec.FerroKeySpec;

/**
 * A program that serves TLS with an RSA, an EC and an Ed25519 key of the token. Its arguments are the configuration file
 * and the provider's place, "first" or "last". It prints its port and serves until its input ends.
 */
final class TlsServer {
    private TlsServer() {}

    /** Runs the program. */
    public static void main(String[] arguments) throws Exception {
        Provider provider = new FerroHsmProvider().configure(arguments[0]);
        Security.insertProviderAt(provider, arguments[1].equals("first") ? 1 : Security.getProviders().length + 1);
        KeyStore store = TestToken.keyStore(provider);
        makeKeys(provider, store);
        SSLServerSocket server =
                (SSLServerSocket) context(store).getServerSocketFactory().createServerSocket(0);
        Thread thread = new Thread(() -> serve(server), "server");
        thread.setDaemon(true);
        thread.start();
        System.out.println(server.getLocalPort());
        System.in.readAllBytes();
    }

    /** Makes a token key of each kind with a certificate that it signs for itself. */
    static void makeKeys(Provider provider, KeyStore store) throws Exception {
        for (String kind : new String[] {"RSA", "EC", "Ed25519"}) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, provider);
            generator.initialize(FerroKeySpec.builder().label(kind).build());
            KeyPair pair = generator.generateKeyPair();
            Certificate certificate =
                    TestCertificates.selfSigned(kind, pair, TestCertificates.algorithm(pair.getPrivate()), provider);
            store.setKeyEntry(kind, pair.getPrivate(), null, new Certificate[] {certificate});
        }
    }

    /** Keys and trust from one store. */
    static SSLContext context(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, null);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Greets every client until the socket is closed. */
    static void serve(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.getOutputStream().write("served\n".getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    System.err.println(e);
                }
            }
        }
    }
}
