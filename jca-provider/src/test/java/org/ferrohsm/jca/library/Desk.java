// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.ferrohsm.jca.FerroHsmProvider;
import org.ferrohsm.jca.TestCertificates;
import org.ferrohsm.jca.TestToken;
import org.ferrohsm.jca.spec.FerroKeySpec;
import org.ferrohsm.jca.spec.KeyUsage;

/**
 * A token with a certification authority in it, as an application has them: the provider is registered last, and keys
 * come out of the key store with chains of two certificates.
 */
final class Desk implements AutoCloseable {
    private static final String AUTHORITY = "authority";

    private final Path folder;
    private final Provider provider;
    private final KeyStore store;
    private final X509Certificate root;
    private int serial = 1;

    private Desk(Path folder, Provider provider, KeyStore store) throws Exception {
        this.folder = folder;
        this.provider = provider;
        this.store = store;
        KeyPair pair = pair("EC", AUTHORITY);
        this.root = TestCertificates.selfSigned(AUTHORITY, pair, "SHA256withECDSA", provider);
        store.setKeyEntry(AUTHORITY, pair.getPrivate(), null, new Certificate[] {root});
    }

    static Desk in(Path folder) throws Exception {
        Provider provider = TestToken.in(folder).provider();
        Security.addProvider(provider);
        return new Desk(folder, provider, TestToken.keyStore(provider));
    }

    /** Takes the provider away again. */
    @Override
    public void close() {
        Security.removeProvider(FerroHsmProvider.NAME);
    }

    Path folder() {
        return folder;
    }

    Provider provider() {
        return provider;
    }

    KeyStore store() {
        return store;
    }

    /** The authority's certificate. */
    X509Certificate root() {
        return root;
    }

    /** Generates a token key pair under a label. */
    KeyPair pair(String algorithm, String label) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, provider);
        generator.initialize(FerroKeySpec.builder().label(label).build());
        return generator.generateKeyPair();
    }

    /** Generates a token key pair with a certificate for localhost by the authority, and stores the chain. */
    void issue(String algorithm, String alias, KeyPurposeId... purposes) throws Exception {
        KeyPair pair = pair(algorithm, alias);
        X509Certificate certificate = certificate(alias, pair.getPublic(), purposes);
        store.setKeyEntry(alias, pair.getPrivate(), null, new Certificate[] {certificate, root});
    }

    /** A certificate of the authority. */
    X509Certificate certificate(String subject, PublicKey key, KeyPurposeId... purposes) throws Exception {
        Instant now = Clock.systemUTC().instant();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                root.getSubjectX500Principal(),
                BigInteger.valueOf(++serial),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(Duration.ofDays(30))),
                new X500Principal("CN=" + subject),
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        if (purposes.length > 0) {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setProvider(provider)
                        .build(key(AUTHORITY))));
    }

    /** Deletes the authority's entry, for libraries that take whatever key there is. */
    void retireAuthority() throws Exception {
        store.deleteEntry(AUTHORITY);
    }

    PrivateKey key(String alias) throws Exception {
        return (PrivateKey) store.getKey(alias, null);
    }

    X509Certificate certificate(String alias) throws Exception {
        return (X509Certificate) store.getCertificate(alias);
    }

    X509Certificate[] chain(String alias) throws Exception {
        Certificate[] chain = store.getCertificateChain(alias);
        return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    }

    /** Generates a secret token key of 256 bits. */
    SecretKey secret(String algorithm, String label, KeyUsage first, KeyUsage... more) throws Exception {
        KeyGenerator generator = KeyGenerator.getInstance(algorithm, provider);
        generator.init(FerroKeySpec.builder()
                .label(label)
                .keySize(256)
                .usages(first, more)
                .build());
        return generator.generateKey();
    }

    /** Managers of all the keys there are. */
    KeyManagerFactory keyManagers() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, null);
        return factory;
    }

    /** A client's context that trusts the authority, with software alone. */
    SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(AUTHORITY, root);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
