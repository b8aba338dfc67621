// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests, made by Bouncy Castle's builder with whatever provider has the issuer's key. */
public final class TestCertificates {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private TestCertificates() {}

    /** A certificate of {@code subject} by an issuer with a software key; both names are those of a CN. */
    public static X509Certificate issue(
            String subject, PublicKey subjectKey, String issuer, PrivateKey issuerKey, String algorithm)
            throws Exception {
        return issue(subject, subjectKey, issuer, new JcaContentSignerBuilder(algorithm).build(issuerKey));
    }

    /** A certificate that a key pair of {@code provider} signs for itself. */
    public static X509Certificate selfSigned(String subject, KeyPair pair, String algorithm, Provider provider)
            throws Exception {
        return issue(
                subject,
                pair.getPublic(),
                subject,
                new JcaContentSignerBuilder(algorithm).setProvider(provider).build(pair.getPrivate()));
    }

    private static X509Certificate issue(String subject, PublicKey subjectKey, String issuer, ContentSigner signer)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=" + issuer),
                BigInteger.valueOf(subject.length()),
                Date.from(NOON.minus(Duration.ofDays(300))),
                Date.from(NOON.plus(Duration.ofDays(3650))),
                new X500Principal("CN=" + subject),
                subjectKey);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /** The algorithm that signs certificates with a key. */
    public static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }
}
