// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import static org.ferrohsm.core.fault.FaultAssertions.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.policy.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks T5 to T12 of docs/profiles.md, which wrap, unwrap and change keys, each in each profile. */
class WrappingAttackTest extends AttackTest {
    private long wrapping(int bytes) {
        return aes(bytes, uses(Cka.CKA_WRAP, Cka.CKA_UNWRAP, Cka.CKA_EXTRACTABLE));
    }

    private long target() {
        return aes(32, uses(Cka.CKA_EXTRACTABLE));
    }

    private byte[] wrap(long mechanism, long wrappingKey, long key) {
        return fixture.hsm
                .keys()
                .wrap(session, MechanismCall.of(mechanism), wrappingKey, key, Output.UNLIMITED)
                .require();
    }

    private long unwrap(long wrappingKey, byte[] wrapped, Template.Builder template) {
        return fixture.hsm
                .keys()
                .unwrap(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_WRAP),
                        wrappingKey,
                        wrapped,
                        template.put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                                .build());
    }

    private void change(long key, Template.Builder template) {
        fixture.hsm.objects().change(session, key, template.build());
    }

    private boolean flag(long key, long attribute) {
        return fixture.hsm
                .objects()
                .read(session, key, attribute)
                .get(0)
                .require()
                .asBoolean();
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"DEFAULT", "STRICT"})
    void t5_wrapping_and_decrypting_never_meet_on_one_key(Profile profile) {
        use(profile);
        for (long other : new long[] {Cka.CKA_DECRYPT, Cka.CKA_ENCRYPT, Cka.CKA_SIGN, Cka.CKA_DERIVE}) {
            assertFault(Fault.TEMPLATE_INCONSISTENT, () -> aes(32, uses(Cka.CKA_WRAP, other)));
        }
        assertFault(
                Fault.TEMPLATE_INCONSISTENT,
                () -> fixture.hsm
                        .objects()
                        .create(
                                session,
                                uses(Cka.CKA_WRAP, Cka.CKA_DECRYPT)
                                        .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                        .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                                        .put(Cka.CKA_VALUE, new byte[32])
                                        .build()));
        long wraps = aes(32, uses(Cka.CKA_WRAP));
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> change(wraps, uses(Cka.CKA_DECRYPT)));
        assertFault(
                Fault.ATTRIBUTE_READ_ONLY,
                () -> fixture.hsm
                        .objects()
                        .copy(session, wraps, uses(Cka.CKA_DECRYPT).build()));
        change(wraps, Template.builder().put(Cka.CKA_WRAP, false));
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> change(wraps, uses(Cka.CKA_DECRYPT)));
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> change(wraps, uses(Cka.CKA_WRAP)));
    }

    @Test
    void t5_and_t6_succeed_where_old_software_needs_them() {
        use(Profile.COMPAT);
        long wraps = aes(32, uses(Cka.CKA_WRAP, Cka.CKA_UNWRAP, Cka.CKA_DECRYPT));
        byte[] wrapped = wrap(Ckm.CKM_AES_KEY_WRAP, wraps, target());
        long key = unwrap(wraps, wrapped, uses(Cka.CKA_EXTRACTABLE).put(Cka.CKA_SENSITIVE, false));
        assertEquals(
                32,
                fixture.hsm
                        .objects()
                        .read(session, key, Cka.CKA_VALUE)
                        .get(0)
                        .require()
                        .length());
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"DEFAULT", "STRICT"})
    void t6_to_t8_an_unwrapped_key_is_no_weaker_than_it_was(Profile profile) {
        use(profile);
        assertFault(Fault.TEMPLATE_INCONSISTENT, () -> aes(32, uses(Cka.CKA_UNWRAP, Cka.CKA_ENCRYPT)));
        long wraps = wrapping(32);
        // A wrapped form of any key will do: what is refused is refused before it is looked at.
        byte[] wrapped = profile == Profile.STRICT ? new byte[40] : wrap(Ckm.CKM_AES_KEY_WRAP, wraps, target());
        assertFault(
                Fault.TEMPLATE_INCONSISTENT,
                () -> unwrap(wraps, wrapped, Template.builder().put(Cka.CKA_SENSITIVE, false)));
        assertFault(Fault.TEMPLATE_INCONSISTENT, () -> unwrap(wraps, wrapped, uses(Cka.CKA_WRAP)));
    }

    @Test
    void t8_one_wrapped_key_is_not_two_kinds_of_key() {
        use(Profile.DEFAULT);
        long wraps = wrapping(32);
        byte[] wrapped = wrap(Ckm.CKM_AES_KEY_WRAP, wraps, target());
        long decrypts = unwrap(wraps, wrapped, uses(Cka.CKA_DECRYPT));
        assertEquals(true, flag(decrypts, Cka.CKA_SENSITIVE));
        assertEquals(false, flag(decrypts, Cka.CKA_ALWAYS_SENSITIVE));
        assertFault(
                Fault.WRAPPED_KEY_INVALID,
                () -> fixture.hsm
                        .keys()
                        .unwrap(
                                session,
                                MechanismCall.of(Ckm.CKM_AES_KEY_WRAP),
                                wraps,
                                wrapped,
                                Template.builder()
                                        .put(Cka.CKA_CLASS, Cko.CKO_PRIVATE_KEY)
                                        .put(Cka.CKA_KEY_TYPE, Ckk.CKK_RSA)
                                        .build()));
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> wrap(Ckm.CKM_AES_KEY_WRAP, wraps, wrapping(32)));
    }

    @Test
    void t9_no_key_is_wrapped_by_a_weaker_one() {
        use(Profile.DEFAULT);
        long target = target();
        assertFault(Fault.WRAPPING_KEY_SIZE_RANGE, () -> wrap(Ckm.CKM_AES_KEY_WRAP, wrapping(16), target));
        assertEquals(40, wrap(Ckm.CKM_AES_KEY_WRAP, wrapping(32), target).length);
        use(Profile.COMPAT);
        assertEquals(40, wrap(Ckm.CKM_AES_KEY_WRAP, wrapping(16), target()).length);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void t10_only_the_so_trusts_a_key_and_what_asks_for_trust_gets_it(Profile profile) {
        use(profile);
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> aes(32, uses(Cka.CKA_WRAP, Cka.CKA_TRUSTED)));
        long own = importedPublicKey();
        assertFault(Fault.ATTRIBUTE_READ_ONLY, () -> change(own, uses(Cka.CKA_TRUSTED)));
        long guarded = aes(32, uses(Cka.CKA_EXTRACTABLE, Cka.CKA_WRAP_WITH_TRUSTED));
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> oaep(own, guarded));
        assertFault(
                Fault.ATTRIBUTE_READ_ONLY,
                () -> change(guarded, Template.builder().put(Cka.CKA_WRAP_WITH_TRUSTED, false)));
        long sensitive = target();
        if (profile == Profile.COMPAT) {
            assertEquals(256, oaep(own, sensitive).length);
            return;
        }
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> oaep(own, sensitive));
        fixture.hsm.sessions().logout(session);
        fixture.hsm.sessions().login(session, Cku.CKU_SO, HsmFixture.pin(HsmFixture.SO_PIN));
        change(own, uses(Cka.CKA_TRUSTED));
        fixture.hsm.sessions().logout(session);
        fixture.hsm.sessions().login(session, Cku.CKU_USER, HsmFixture.pin(HsmFixture.PIN));
        long again = aes(32, uses(Cka.CKA_EXTRACTABLE, Cka.CKA_WRAP_WITH_TRUSTED));
        assertEquals(256, oaep(own, again).length);
    }

    @Test
    void t10_a_known_key_wraps_nothing_that_is_sensitive() {
        use(Profile.DEFAULT);
        long known = fixture.hsm
                .objects()
                .create(
                        session,
                        uses(Cka.CKA_WRAP)
                                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                                .put(Cka.CKA_VALUE, new byte[32])
                                .build());
        long target = target();
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> wrap(Ckm.CKM_AES_KEY_WRAP, known, target));
        long open = aes(32, uses(Cka.CKA_EXTRACTABLE).put(Cka.CKA_SENSITIVE, false));
        assertEquals(40, wrap(Ckm.CKM_AES_KEY_WRAP, known, open).length);
    }

    @Test
    void strict_wraps_by_trusted_keys_alone_and_gives_each_key_one_role() {
        use(Profile.STRICT);
        assertFault(Fault.KEY_NOT_WRAPPABLE, () -> wrap(Ckm.CKM_AES_KEY_WRAP, wrapping(32), target()));
        assertFault(Fault.TEMPLATE_INCONSISTENT, () -> aes(32, uses(Cka.CKA_SIGN, Cka.CKA_ENCRYPT)));
        long key = aes(32, Template.builder());
        assertEquals(true, flag(key, Cka.CKA_ENCRYPT));
        assertEquals(false, flag(key, Cka.CKA_SIGN));
        KeyPairHandles pair = fixture.ecPair(session, "signs", false);
        assertEquals(true, flag(pair.privateKey(), Cka.CKA_SIGN));
        assertEquals(false, flag(pair.privateKey(), Cka.CKA_DECRYPT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Profile.class,
            names = {"DEFAULT", "STRICT"})
    void t11_and_t12_no_mechanism_wraps_that_protects_no_integrity(Profile profile) {
        use(profile);
        long wraps = wrapping(32);
        long target = target();
        for (long mechanism : new long[] {
            Ckm.CKM_AES_CBC, Ckm.CKM_AES_CBC_PAD, Ckm.CKM_AES_ECB, Ckm.CKM_AES_CTR, Ckm.CKM_RSA_X_509, Ckm.CKM_RSA_PKCS
        }) {
            assertFault(Fault.MECHANISM_INVALID, () -> wrap(mechanism, wraps, target));
            assertFault(
                    Fault.MECHANISM_INVALID,
                    () -> fixture.hsm
                            .keys()
                            .unwrap(
                                    session,
                                    withIv(mechanism),
                                    wraps,
                                    new byte[256],
                                    Template.builder()
                                            .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                                            .build()));
        }
    }

    /** With the parameter that the chaining modes need. */
    private static MechanismCall withIv(long mechanism) {
        boolean chained = mechanism == Ckm.CKM_AES_CBC || mechanism == Ckm.CKM_AES_CBC_PAD;
        return chained ? new MechanismCall(mechanism, new RawParameters(new byte[16])) : MechanismCall.of(mechanism);
    }

    /** What an attacker would bring: its private half is known outside. */
    private long importedPublicKey() {
        byte[] modulus = new byte[257];
        modulus[1] = (byte) 0x80;
        modulus[256] = 1;
        return fixture.hsm
                .objects()
                .create(
                        session,
                        uses(Cka.CKA_WRAP)
                                .put(Cka.CKA_CLASS, Cko.CKO_PUBLIC_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_RSA)
                                .put(Cka.CKA_ENCRYPT, false)
                                .put(Cka.CKA_VERIFY, false)
                                .put(Cka.CKA_MODULUS, AttributeValue.of(modulus))
                                .put(Cka.CKA_PUBLIC_EXPONENT, new byte[] {1, 0, 1})
                                .build());
    }

    private byte[] oaep(long wrappingKey, long key) {
        return fixture.hsm
                .keys()
                .wrap(session, oaepCall(), wrappingKey, key, Output.UNLIMITED)
                .require();
    }
}
