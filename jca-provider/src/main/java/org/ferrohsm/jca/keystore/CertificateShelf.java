// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.keystore;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.ObjectAttributes;
import org.ferrohsm.jca.key.Platform;
import org.ferrohsm.jca.token.Token;

/** X.509 certificates as objects of the token (PKCS#11 3.2 section 4.6.3). */
final class CertificateShelf {
    private static final int LONGEST_CHAIN = 16;
    private static final byte INTEGER = 2;

    private final Token token;

    CertificateShelf(Token token) {
        this.token = token;
    }

    /**
     * The certificate behind a handle.
     *
     * @throws org.ferrohsm.core.fault.HsmException OBJECT_HANDLE_INVALID, DATA_INVALID if it is no X.509 certificate
     */
    X509Certificate read(Session session, long handle) {
        byte[] encoded =
                ObjectAttributes.read(token, session, handle, Cka.CKA_VALUE).bytes(Cka.CKA_VALUE);
        try {
            return (X509Certificate) Platform.certificates().generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException e) {
            throw Fault.DATA_INVALID.because("the token's certificate cannot be read", e);
        }
    }

    /** The certificate behind a handle and its issuers, as far as the token has them. */
    List<X509Certificate> chain(Session session, long handle) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(read(session, handle));
        while (next.isPresent() && chain.size() < LONGEST_CHAIN) {
            X509Certificate last = next.get();
            chain.add(last);
            next = isSelfIssued(last) ? Optional.empty() : issuer(session, last);
        }
        return chain;
    }

    /** Handles of the objects that hold exactly this certificate. */
    long[] find(Session session, Certificate certificate) throws CertificateEncodingException {
        return token.objects()
                .search(
                        session,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                                .put(Cka.CKA_TOKEN, true)
                                .put(Cka.CKA_VALUE, certificate.getEncoded())
                                .build());
    }

    /** Stores a certificate; {@code id} pairs it with a key, an empty label keeps it out of the aliases. */
    void store(Session session, X509Certificate certificate, byte[] id, String label)
            throws CertificateEncodingException {
        token.objects()
                .create(
                        session,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                                .put(Cka.CKA_CERTIFICATE_TYPE, Ckc.CKC_X_509)
                                .put(Cka.CKA_TOKEN, true)
                                .put(Cka.CKA_PRIVATE, false)
                                .put(Cka.CKA_LABEL, label)
                                .put(Cka.CKA_ID, id)
                                .put(
                                        Cka.CKA_SUBJECT,
                                        certificate.getSubjectX500Principal().getEncoded())
                                .put(
                                        Cka.CKA_ISSUER,
                                        certificate.getIssuerX500Principal().getEncoded())
                                .put(Cka.CKA_SERIAL_NUMBER, integer(certificate.getSerialNumber()))
                                .put(Cka.CKA_VALUE, certificate.getEncoded())
                                .build());
    }

    private Optional<X509Certificate> issuer(Session session, X509Certificate certificate) {
        Template wanted = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_SUBJECT, certificate.getIssuerX500Principal().getEncoded())
                .build();
        for (long handle : token.objects().search(session, wanted)) {
            X509Certificate candidate = read(session, handle);
            if (hasSigned(candidate, certificate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static byte[] integer(BigInteger number) {
        byte[] content = number.toByteArray();
        byte[] der = new byte[2 + content.length];
        der[0] = INTEGER;
        der[1] = (byte) content.length;
        System.arraycopy(content, 0, der, 2, content.length);
        return der;
    }
}
