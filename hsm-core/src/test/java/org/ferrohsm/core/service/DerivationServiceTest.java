// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ck;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.OtherKeyParameters;
import org.ferrohsm.core.mechanism.parameter.PrfField;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Derivation from several keys and of several keys, and what derived and unwrapped keys are. */
class DerivationServiceTest {
    private static final MechanismCall XOR =
            new MechanismCall(Ckm.CKM_XOR_BASE_AND_DATA, new StringDataParameters(new byte[20]));

    private HsmFixture fixture;
    private Session session;

    @BeforeEach
    void open(@TempDir Path folder) {
        fixture = new HsmFixture(folder);
        session = fixture.login(fixture.newToken("derivation", Profile.COMPAT));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Template.Builder readable() {
        return Template.builder().put(Cka.CKA_SENSITIVE, false).put(Cka.CKA_EXTRACTABLE, true);
    }

    private long generic(int length, boolean open, boolean derives) {
        Template.Builder template = Template.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .put(Cka.CKA_VALUE, new byte[length])
                .put(Cka.CKA_DERIVE, derives);
        if (open) {
            template.put(Cka.CKA_SENSITIVE, false).put(Cka.CKA_EXTRACTABLE, true);
        }
        return fixture.hsm.objects().create(session, template.build());
    }

    private boolean flag(long handle, long type) {
        return reading(handle, type).asBoolean();
    }

    private AttributeValue reading(long handle, long type) {
        return fixture.hsm.objects().read(session, handle, type).get(0).require();
    }

    @Test
    void a_key_xored_from_a_sensitive_one_is_sensitive_whatever_the_template_says() {
        long derived = fixture.hsm
                .keys()
                .derive(session, XOR, generic(20, false, true), readable().build());
        assertTrue(flag(derived, Cka.CKA_SENSITIVE));
        assertEquals(false, flag(derived, Cka.CKA_EXTRACTABLE));
        assertEquals(false, flag(derived, Cka.CKA_ALWAYS_SENSITIVE));
    }

    @Test
    void a_key_xored_from_an_open_one_is_as_its_template_says() {
        long derived = fixture.hsm
                .keys()
                .derive(session, XOR, generic(20, true, true), readable().build());
        assertEquals(false, flag(derived, Cka.CKA_SENSITIVE));
        assertTrue(flag(derived, Cka.CKA_EXTRACTABLE));
    }

    @Test
    void one_sensitive_source_of_two_makes_a_concatenation_sensitive() {
        MechanismCall call = new MechanismCall(
                Ckm.CKM_CONCATENATE_BASE_AND_KEY, new OtherKeyParameters(generic(16, false, true), null));
        long derived = fixture.hsm
                .keys()
                .derive(session, call, generic(16, true, true), readable().build());
        assertTrue(flag(derived, Cka.CKA_SENSITIVE));
        assertEquals(false, flag(derived, Cka.CKA_EXTRACTABLE));
    }

    @Test
    void the_other_key_must_allow_derivation_and_be_there() {
        long base = generic(16, true, true);
        MechanismCall forbidden = new MechanismCall(
                Ckm.CKM_CONCATENATE_BASE_AND_KEY, new OtherKeyParameters(generic(16, true, false), null));
        assertFault(Fault.KEY_FUNCTION_NOT_PERMITTED, forbidden, base);
        MechanismCall missing =
                new MechanismCall(Ckm.CKM_CONCATENATE_BASE_AND_KEY, new OtherKeyParameters(77_777, null));
        assertFault(Fault.KEY_HANDLE_INVALID, missing, base);
    }

    private void assertFault(Fault expected, MechanismCall call, long base) {
        HsmException e =
                assertThrows(HsmException.class, () -> fixture.hsm.keys().derive(session, call, base, Template.EMPTY));
        assertEquals(expected, e.fault());
    }

    @Test
    void several_keys_are_made_at_once_each_with_its_own_template() {
        PrfField counter = new PrfField(Ck.CK_SP800_108_ITERATION_VARIABLE, new byte[0], false, 32, 0, 0, null);
        Template aes = Template.builder()
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                .put(Cka.CKA_VALUE_LEN, 16)
                .build();
        MechanismCall call = new MechanismCall(
                Ckm.CKM_SP800_108_COUNTER_KDF,
                new KbkdfParameters(Ckm.CKM_SHA256_HMAC, List.of(counter), new byte[0], List.of(aes)));
        MadeKeys derived = fixture.hsm
                .keys()
                .deriveAll(
                        session,
                        call,
                        generic(32, true, true),
                        Template.builder().put(Cka.CKA_VALUE_LEN, 40).build());
        assertEquals(2, derived.handles().length);
        assertEquals(40, reading(derived.handles()[0], Cka.CKA_VALUE_LEN).asLong());
        assertEquals(
                Ckk.CKK_AES, reading(derived.handles()[1], Cka.CKA_KEY_TYPE).asLong());
    }

    @Test
    void an_unwrapped_secret_has_the_length_that_its_template_says_if_zeros_explain_it() {
        long kek = fixture.wrappingKey(session);
        MechanismCall wrap = MechanismCall.of(Ckm.CKM_AES_KEY_WRAP);
        byte[] wrapped = Objects.requireNonNull(
                fixture.hsm.keys().wrap(session, wrap, kek, secret(20), 100).bytes());
        assertEquals(32, wrapped.length);
        assertArrayEquals(
                value(20),
                reading(unwrap(wrap, kek, wrapped, 20), Cka.CKA_VALUE).asBytes());
        for (int wrong : new int[] {16, 25}) {
            HsmException e = assertThrows(HsmException.class, () -> unwrap(wrap, kek, wrapped, wrong));
            assertEquals(Fault.TEMPLATE_INCONSISTENT, e.fault());
        }
        HsmException e = assertThrows(HsmException.class, () -> unwrap(wrap, kek, wrapped, 19));
        assertEquals(Fault.WRAPPED_KEY_INVALID, e.fault());
    }

    private static byte[] value(int length) {
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) 7);
        return value;
    }

    private long secret(int length) {
        return fixture.hsm
                .objects()
                .create(
                        session,
                        readable()
                                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                                .put(Cka.CKA_VALUE, value(length))
                                .build());
    }

    private long unwrap(MechanismCall call, long kek, byte[] wrapped, int length) {
        Template template = readable()
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                .put(Cka.CKA_VALUE_LEN, length)
                .build();
        return fixture.hsm.keys().unwrap(session, call, kek, wrapped, template);
    }
}
