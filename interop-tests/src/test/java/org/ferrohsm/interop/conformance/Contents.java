// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.interop.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.interop.fixture.Home;

/**
 * What the cases find in a token: a public object with a label, a certificate beside it, a pair of keys for a certificate
 * and authentication.
 */
final class Contents {
    /** The cases read a certificate of so many bytes. */
    private static final int CERTIFICATE = 889;

    private final Home home;

    Contents(Home home) {
        this.home = home;
    }

    void put() {
        byte[] certificate = certificate();
        try (HsmRuntime hsm = home.runtime()) {
            Application application = hsm.newApplication("the cases");
            Session session = hsm.sessions().open(application, 0, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
            hsm.sessions().login(session, Cku.CKU_USER, Home.pin(Home.PIN));
            // Programs in C store labels with their terminator.
            hsm.objects()
                    .create(
                            session,
                            named("Mozilla Builtin Roots\0", Cko.CKO_DATA)
                                    .put(Cka.CKA_PRIVATE, false)
                                    .build());
            hsm.objects()
                    .create(
                            session,
                            named("root", Cko.CKO_CERTIFICATE)
                                    .put(Cka.CKA_CERTIFICATE_TYPE, Ckc.CKC_X_509)
                                    .put(Cka.CKA_SUBJECT, HexFormat.of().parseHex("3000"))
                                    .put(Cka.CKA_VALUE, certificate)
                                    .build());
            hsm.keys()
                    .generatePair(
                            session,
                            MechanismCall.of(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN),
                            named("testrsa-pub", Cko.CKO_PUBLIC_KEY)
                                    .put(Cka.CKA_MODULUS_BITS, 2048L)
                                    .put(Cka.CKA_PUBLIC_EXPONENT, new byte[] {1, 0, 1})
                                    .build(),
                            named("testrsa-pri", Cko.CKO_PRIVATE_KEY)
                                    .put(Cka.CKA_SIGN, true)
                                    .build());
        }
    }

    private static Template.Builder named(String label, long objectClass) {
        return Template.builder()
                .put(Cka.CKA_CLASS, objectClass)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, label);
    }

    /** A certificate that a comment makes as long as the cases want it. */
    private byte[] certificate() {
        home.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "root.pem")
                .succeeded();
        int comment = 100;
        for (int round = 0; round < 4; round++) {
            byte[] made = certificate(comment);
            if (made.length == CERTIFICATE) {
                return made;
            }
            comment += CERTIFICATE - made.length;
        }
        throw new AssertionError("no certificate of " + CERTIFICATE + " bytes");
    }

    private byte[] certificate(int comment) {
        home.openssl(
                        "req",
                        "-x509",
                        "-new",
                        "-key",
                        "root.pem",
                        "-subj",
                        "/CN=root",
                        "-set_serial",
                        "1",
                        "-addext",
                        "nsComment=" + "x".repeat(comment),
                        "-outform",
                        "DER",
                        "-out",
                        "root.der")
                .succeeded();
        try {
            return Files.readAllBytes(home.file("root.der"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
