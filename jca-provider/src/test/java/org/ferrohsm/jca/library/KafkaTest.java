// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.ferrohsm.jca.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SslEngineFactory of Kafka, which brokers and clients share. */
class KafkaTest {
    @TempDir
    Path folder;

    @Test
    void a_broker_and_a_client_with_keys_of_the_token_trust_each_other() throws Exception {
        try (Desk desk = Desk.in(folder);
                DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            desk.issue("EC", "broker");
            desk.retireAuthority();
            Path location = Files.createFile(folder.resolve("keystore"));
            Path trusted = Pem.write(folder.resolve("trusted.pem"), desk.root());
            factory.configure(parsed(Map.of(
                    SslConfigs.SSL_PROTOCOL_CONFIG,
                    "TLSv1.3",
                    SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
                    "FERROHSM",
                    SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
                    location.toString(),
                    SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                    TestToken.PIN,
                    SslConfigs.SSL_KEY_PASSWORD_CONFIG,
                    TestToken.PIN,
                    SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                    "PEM",
                    SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                    trusted.toString())));
            SSLEngine broker = factory.createServerSslEngine("localhost", 9093);
            broker.setNeedClientAuth(true);
            SSLEngine client = factory.createClientSslEngine("localhost", 9093, "https");
            Handshake.run(client, broker);
            X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
            assertEquals("CN=broker", shown.getSubjectX500Principal().getName());
            assertEquals(1, broker.getSession().getPeerCertificates().length);
        }
    }

    private static Map<String, ?> parsed(Map<String, String> properties) {
        return new AbstractConfig(new ConfigDef().withClientSslSupport(), properties, false).values();
    }
}
