// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ferrohsm.cli.Operator.Outcome;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckc;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyTrustTest extends CliTest {
    private static final String[] TRUST = {"key", "trust", "--label", "mine", "--so-pin", "env:SO_PIN", "--yes"};

    @BeforeEach
    void makeToken() {
        operator.makesToken("demo");
    }

    private Outcome trusts(String... more) {
        String[] words = Arrays.copyOf(TRUST, TRUST.length + more.length);
        System.arraycopy(more, 0, words, TRUST.length, more.length);
        return operator.runs(words);
    }

    /** What a program does with the one token, logged in as its user. */
    private interface Program<T> {
        T run(HsmRuntime hsm, Session session);
    }

    private <T> T inProgram(Program<T> program) {
        try (HsmRuntime hsm = HsmRuntime.open(HsmConfig.load(operator.environment()))) {
            long flags = Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION;
            Session session = hsm.sessions().open(hsm.newApplication("test"), 0, flags);
            try (SecretBytes pin = SecretBytes.adopt(Operator.PIN.getBytes(StandardCharsets.UTF_8))) {
                hsm.sessions().login(session, Cku.CKU_USER, pin);
            }
            return program.run(hsm, session);
        }
    }

    private boolean trusted(long objectClass) {
        Template wanted = Template.builder()
                .put(Cka.CKA_CLASS, objectClass)
                .put(Cka.CKA_LABEL, "mine")
                .build();
        return inProgram((hsm, session) -> {
            long object = hsm.objects().search(session, wanted)[0];
            return hsm.objects()
                    .read(session, object, Cka.CKA_TRUSTED)
                    .get(0)
                    .require()
                    .asBoolean();
        });
    }

    @Test
    void the_officer_trusts_a_wrapping_key_and_withdraws_that() {
        operator.makesKey("rsa:2048", "mine", "--usage", "decrypt");
        assertFalse(trusted(Cko.CKO_PUBLIC_KEY));
        Outcome outcome = trusts();
        assertTrue(outcome.out().startsWith("Trusts the public key rsa:2048"), outcome.out() + outcome.err());
        assertTrue(trusted(Cko.CKO_PUBLIC_KEY));
        assertEquals(ExitCode.OK.code(), trusts("--withdraw").code());
        assertFalse(trusted(Cko.CKO_PUBLIC_KEY));
    }

    @Test
    void the_officer_trusts_a_certificate() {
        Template certificate = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_CERTIFICATE)
                .put(Cka.CKA_CERTIFICATE_TYPE, Ckc.CKC_X_509)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_LABEL, "mine")
                .put(Cka.CKA_SUBJECT, new byte[] {0x30, 0})
                .put(Cka.CKA_URL, "https://example.org/certificate")
                .put(Cka.CKA_HASH_OF_SUBJECT_PUBLIC_KEY, new byte[20])
                .put(Cka.CKA_HASH_OF_ISSUER_PUBLIC_KEY, new byte[20])
                .build();
        inProgram((hsm, session) -> hsm.objects().create(session, certificate));
        assertEquals(ExitCode.NOT_FOUND.code(), trusts().code());
        Outcome outcome = trusts("--certificate");
        assertTrue(outcome.out().startsWith("Trusts the certificate with label"), outcome.out() + outcome.err());
        assertTrue(trusted(Cko.CKO_CERTIFICATE));
    }

    @Test
    void the_user_trusts_nothing() {
        operator.makesKey("rsa:2048", "mine", "--usage", "decrypt");
        Outcome outcome = operator.runs("key", "trust", "--label", "mine", "--so-pin", "env:PIN", "--yes");
        assertEquals(ExitCode.PIN_INCORRECT.code(), outcome.code());
        assertFalse(trusted(Cko.CKO_PUBLIC_KEY));
    }
}
