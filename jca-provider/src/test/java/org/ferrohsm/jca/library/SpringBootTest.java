// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.ferrohsm.jca.FerroHsmProvider;
import org.ferrohsm.jca.TestToken;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.AbstractConfigurableWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;

/** Spring Boot's SSL bundles under its embedded Tomcat and Jetty. */
class SpringBootTest {
    @TempDir
    Path folder;

    static Stream<Arguments> serversAndKeys() {
        return Stream.of("RSA", "EC")
                .flatMap(alias -> Stream.of(
                        Arguments.of("Tomcat", new TomcatServletWebServerFactory(0), alias),
                        Arguments.of("Jetty", new JettyServletWebServerFactory(0), alias)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("serversAndKeys")
    void a_server_with_a_bundle_of_the_token_answers(
            String name, AbstractConfigurableWebServerFactory factory, String alias) throws Exception {
        try (Desk desk = Desk.in(folder)) {
            desk.issue(alias, alias);
            assertServes(name, factory, alias, desk);
        }
    }

    private void assertServes(String name, AbstractConfigurableWebServerFactory factory, String alias, Desk desk)
            throws Exception {
        factory.setSslBundles(new DefaultSslBundleRegistry("hsm", bundle(alias)));
        factory.setSsl(Ssl.forBundle("hsm"));
        WebServer server = ((ServletWebServerFactory) factory).getWebServer(context -> {
            Servlet servlet = new Greeting(name);
            ServletRegistration.Dynamic registration = context.addServlet("greeting", servlet);
            registration.addMapping("/");
        });
        server.start();
        try {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(desk.trusting())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + server.getPort() + "/"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals("served by " + name, response.body());
            X509Certificate shown =
                    (X509Certificate) response.sslSession().orElseThrow().getPeerCertificates()[0];
            assertEquals("CN=" + alias, shown.getSubjectX500Principal().getName());
        } finally {
            server.stop();
        }
    }

    /** As spring.ssl.bundle.jks.hsm.* would make it: Spring wants a location, which may be an empty file. */
    private SslBundle bundle(String alias) throws IOException {
        Path location = Files.createFile(folder.resolve("keystore"));
        JksSslStoreDetails details = new JksSslStoreDetails(
                "FERROHSM", FerroHsmProvider.NAME, location.toUri().toString(), TestToken.PIN);
        return SslBundle.of(new JksSslStoreBundle(details, null), SslBundleKey.of(null, alias));
    }

    private static final class Greeting extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String name;

        Greeting(String name) {
            this.name = name;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().write("served by " + name);
        }
    }
}
