// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckt;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trust objects (PKCS#11 3.2 section 4.15). */
class TrustObjectTest {
    private static final byte[] ISSUER = {0x30, 0x01, 0x05};
    private static final byte[] SERIAL = {0x02, 0x01, 0x07};

    private HsmFixture fixture;
    private Session session;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        session = fixture.login(fixture.newToken("trust"));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Template.Builder trust() {
        return Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_TRUST)
                .put(Cka.CKA_ISSUER, ISSUER)
                .put(Cka.CKA_SERIAL_NUMBER, SERIAL);
    }

    private long made(Template.Builder template) {
        return fixture.hsm.objects().create(session, template.build());
    }

    private AttributeValue reading(long object, long type) {
        return fixture.hsm.objects().read(session, object, type).get(0).require();
    }

    @Test
    void what_is_not_said_is_unknown_and_the_object_public_and_modifiable() {
        long object = made(trust().put(Cka.CKA_TRUST_SERVER_AUTH, Ckt.CKT_NOT_TRUSTED));
        assertEquals(
                Ckt.CKT_NOT_TRUSTED, reading(object, Cka.CKA_TRUST_SERVER_AUTH).asLong());
        for (long type : new long[] {
            Cka.CKA_TRUST_CLIENT_AUTH,
            Cka.CKA_TRUST_CODE_SIGNING,
            Cka.CKA_TRUST_EMAIL_PROTECTION,
            Cka.CKA_TRUST_IPSEC_IKE,
            Cka.CKA_TRUST_TIME_STAMPING,
            Cka.CKA_TRUST_OCSP_SIGNING
        }) {
            assertEquals(Ckt.CKT_TRUST_UNKNOWN, reading(object, type).asLong(), Cka.name(type));
        }
        assertEquals(Ckm.CKM_SHA_1, reading(object, Cka.CKA_NAME_HASH_ALGORITHM).asLong());
        assertTrue(reading(object, Cka.CKA_MODIFIABLE).asBoolean());
        assertFalse(reading(object, Cka.CKA_PRIVATE).asBoolean());
    }

    @Test
    void it_is_found_by_issuer_and_serial_number() {
        long object = made(trust());
        long[] found = fixture.hsm.objects().search(session, trust().build());
        assertEquals(1, found.length);
        assertEquals(object, found[0]);
    }

    @ParameterizedTest
    @ValueSource(longs = {Ckt.CKT_TRUSTED, Ckt.CKT_TRUST_ANCHOR, Ckt.CKT_TRUST_MUST_VERIFY_TRUST})
    void trust_of_any_kind_needs_the_hash_of_the_certificate(long kind) {
        Template.Builder without = trust().put(Cka.CKA_TRUST_OCSP_SIGNING, kind);
        assertFault(Fault.TEMPLATE_INCOMPLETE, () -> made(without));
        long object = made(trust().put(Cka.CKA_TRUST_OCSP_SIGNING, kind)
                .put(Cka.CKA_NAME_HASH_ALGORITHM, Ckm.CKM_SHA256)
                .put(Cka.CKA_HASH_OF_CERTIFICATE, new byte[32]));
        assertEquals(kind, reading(object, Cka.CKA_TRUST_OCSP_SIGNING).asLong());
    }

    @Test
    void without_an_issuer_or_a_serial_number_there_is_none() {
        Template.Builder template =
                Template.builder().put(Cka.CKA_CLASS, Cko.CKO_TRUST).put(Cka.CKA_ISSUER, ISSUER);
        assertFault(Fault.TEMPLATE_INCOMPLETE, () -> made(template));
    }

    @Test
    void a_trust_of_no_known_kind_is_refused() {
        assertFault(Fault.ATTRIBUTE_VALUE_INVALID, () -> made(trust().put(Cka.CKA_TRUST_IPSEC_IKE, 5L)));
    }
}
