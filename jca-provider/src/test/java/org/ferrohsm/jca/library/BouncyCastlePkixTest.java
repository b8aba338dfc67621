// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaAlgorithmParametersConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.ferrohsm.jca.TestProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bouncy Castle's PKIX library, checked by OpenSSL where that has the same thing. */
class BouncyCastlePkixTest {
    private static final byte[] DATA = "to be signed".getBytes(UTF_8);
    private static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

    @TempDir
    static Path folder;

    private static Desk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = Desk.in(folder);
        desk.issue("RSA", "rsa");
        desk.issue("EC", "ec");
        desk.issue("Ed25519", "ed25519");
        desk.issue("RSA", "clock", KeyPurposeId.id_kp_timeStamping);
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @ParameterizedTest
    @CsvSource({"RSA,SHA256withRSA", "RSA,SHA256withRSAandMGF1", "EC,SHA384withECDSA", "Ed25519,Ed25519"})
    void openssl_takes_a_certification_request(String kind, String algorithm) throws Exception {
        KeyPair pair = desk.pair(kind, "request of " + algorithm);
        PKCS10CertificationRequest request = new JcaPKCS10CertificationRequestBuilder(
                        new X500Principal("CN=requested"), pair.getPublic())
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()));
        Path file = Files.write(folder.resolve("request.der"), request.getEncoded());
        openssl(
                "Certificate request self-signature verify OK",
                "req",
                "-inform",
                "DER",
                "-in",
                file,
                "-verify",
                "-noout");
    }

    @Test
    void an_authority_in_the_token_issues_certificates() throws Exception {
        X509Certificate issued = desk.certificate("rsa");
        issued.verify(desk.root().getPublicKey());
        Path root = Pem.write(folder.resolve("root.pem"), desk.root());
        Path leaf = Pem.write(folder.resolve("leaf.pem"), issued);
        openssl("leaf.pem: OK", "verify", "-CAfile", root, leaf);
    }

    @ParameterizedTest
    @CsvSource({"rsa,SHA256withRSA", "rsa,SHA512withRSAandMGF1", "ec,SHA256withECDSA", "ed25519,Ed25519"})
    void openssl_takes_a_signed_message(String alias, String algorithm) throws Exception {
        CMSSignedData signed = sign(alias, algorithm);
        SignerInformation signer = signed.getSignerInfos().iterator().next();
        assertTrue(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().build(desk.certificate(alias))));
        Path root = Pem.write(folder.resolve("root.pem"), desk.root());
        Path file = Files.write(folder.resolve("signed.der"), signed.getEncoded());
        if (algorithm.equals("Ed25519")) {
            return; // OpenSSL 3.0 takes no Edwards signatures in CMS
        }
        openssl("to be signed", "cms", "-verify", "-inform", "DER", "-in", file, "-CAfile", root, "-purpose", "any");
    }

    private static CMSSignedData sign(String alias, String algorithm) throws Exception {
        ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(desk.key(alias));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(signer, desk.certificate(alias)));
        generator.addCertificates(new JcaCertStore(List.of(desk.chain(alias))));
        return generator.generate(new CMSProcessableByteArray(DATA), true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_message_encrypted_for_a_key_is_opened_by_it(boolean oaep) throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        X509Certificate certificate = desk.certificate("rsa");
        AlgorithmIdentifier encryption = oaep
                ? new JcaAlgorithmParametersConverter()
                        .getAlgorithmIdentifier(
                                PKCSObjectIdentifiers.id_RSAES_OAEP,
                                new OAEPParameterSpec(
                                        "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT))
                : new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        generator.addRecipientInfoGenerator(new JceKeyTransRecipientInfoGenerator(certificate, encryption));
        CMSEnvelopedData sealed = generator.generate(
                new CMSProcessableByteArray(DATA), new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC).build());
        Recipient recipient = new JceKeyTransEnvelopedRecipient(desk.key("rsa"));
        RecipientInformation information = new CMSEnvelopedData(sealed.getEncoded())
                .getRecipientInfos()
                .iterator()
                .next();
        assertArrayEquals(DATA, information.getContent(recipient));
    }

    @Test
    void a_responder_says_that_a_certificate_is_good() throws Exception {
        DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        X509Certificate subject = desk.certificate("rsa");
        CertificateID id =
                new CertificateID(sha1, new JcaX509CertificateHolder(desk.root()), subject.getSerialNumber());
        PublicKey responder = desk.root().getPublicKey();
        BasicOCSPResp basic = new JcaBasicOCSPRespBuilder(responder, sha1)
                .addResponse(id, CertificateStatus.GOOD)
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(desk.key("authority")),
                        null,
                        Date.from(Instant.EPOCH));
        byte[] sent = new OCSPRespBuilder()
                .build(OCSPResponseStatus.SUCCESSFUL, basic)
                .getEncoded();
        BasicOCSPResp received = (BasicOCSPResp) new OCSPResp(sent).getResponseObject();
        assertTrue(received.isSignatureValid(new JcaContentVerifierProviderBuilder().build(responder)));
        assertNull(received.getResponses()[0].getCertStatus());
    }

    @Test
    void openssl_takes_a_time_stamp() throws Exception {
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(
                new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                        .build(
                                new JcaContentSignerBuilder("SHA256withRSA").build(desk.key("clock")),
                                desk.certificate("clock")),
                new JcaDigestCalculatorProviderBuilder().build().get(SHA256),
                new ASN1ObjectIdentifier("1.2.3.4.1"));
        tokens.addCertificates(new JcaCertStore(List.of(desk.chain("clock"))));
        Path data = Files.write(folder.resolve("data"), DATA);
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(DATA);
        TimeStampRequest request = requests.generate(TSPAlgorithms.SHA256, digest, BigInteger.valueOf(4711));
        TimeStampResponse response = new TimeStampResponseGenerator(tokens, TSPAlgorithms.ALLOWED)
                .generate(
                        request,
                        BigInteger.ONE,
                        Date.from(desk.certificate("clock").getNotBefore().toInstant()));
        response.validate(request);
        Path root = Pem.write(folder.resolve("root.pem"), desk.root());
        Path file = Files.write(folder.resolve("stamp.der"), response.getEncoded());
        openssl("Verification: OK", "ts", "-verify", "-data", data, "-in", file, "-CAfile", root);
    }

    private static void openssl(String expected, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        TestProcess.Result result = TestProcess.run(folder, command);
        assertTrue(result.output().contains(expected), result.output());
        assertEquals(0, result.status());
    }
}
