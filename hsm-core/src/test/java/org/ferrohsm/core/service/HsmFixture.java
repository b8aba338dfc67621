// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;

/** A runtime over a store in a folder, with cheap PIN hashing, and the things that most tests begin with. */
final class HsmFixture implements AutoCloseable {
    static final String SO_PIN = "so-1234";
    static final String PIN = "user-1234";
    static final byte[] P256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x03, 0x01, 0x07};

    final HsmRuntime hsm;
    final Application application;

    HsmFixture(Path folder) {
        this(folder, Map.of());
    }

    HsmFixture(Path folder, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "pin.argon2.memory-kib", "19456",
                "pin.argon2.passes", "2",
                "pin.argon2.lanes", "1"));
        all.putAll(settings);
        Map<String, String> environment =
                Map.of("HOME", folder.toString(), "FERROHSM_STORE", "sqlite:" + folder.resolve("store.db"));
        hsm = HsmRuntime.open(HsmConfig.load(environment, all));
        application = hsm.newApplication("test");
    }

    /** A new token with both PINs set; gives its slot. */
    long newToken(String label) {
        return newToken(label, Profile.DEFAULT);
    }

    /** The same, under another security profile. */
    long newToken(String label, Profile profile) {
        long slot = hsm.slots().slotIds(false)[hsm.slots().slotIds(false).length - 1];
        hsm.slots().initToken(application, slot, pin(SO_PIN), label, profile);
        Session session = open(slot);
        hsm.sessions().login(session, Cku.CKU_SO, pin(SO_PIN));
        hsm.sessions().initPin(session, pin(PIN));
        hsm.sessions().close(session);
        return slot;
    }

    Session open(long slot) {
        return hsm.sessions().open(application, slot, Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
    }

    Session login(long slot) {
        Session session = open(slot);
        hsm.sessions().login(session, Cku.CKU_USER, pin(PIN));
        return session;
    }

    KeyPairHandles ecPair(Session session, String label, boolean onToken) {
        return hsm.keys()
                .generatePair(
                        session,
                        MechanismCall.of(Ckm.CKM_EC_KEY_PAIR_GEN),
                        Template.builder()
                                .put(Cka.CKA_EC_PARAMS, P256)
                                .put(Cka.CKA_TOKEN, onToken)
                                .put(Cka.CKA_LABEL, label)
                                .build(),
                        Template.builder()
                                .put(Cka.CKA_TOKEN, onToken)
                                .put(Cka.CKA_LABEL, label)
                                .build());
    }

    /** An AES key of so many bytes. */
    long aesKey(Session session, int bytes, Template.Builder template) {
        return hsm.keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_GEN),
                        template.put(Cka.CKA_VALUE_LEN, bytes).build());
    }

    /** An AES key that wraps and unwraps, and nothing else. */
    long wrappingKey(Session session) {
        return aesKey(
                session,
                32,
                Template.builder()
                        .put(Cka.CKA_WRAP, true)
                        .put(Cka.CKA_UNWRAP, true)
                        .put(Cka.CKA_ENCRYPT, false)
                        .put(Cka.CKA_DECRYPT, false));
    }

    long only(Session session, long objectClass, String label) {
        long[] found = hsm.objects()
                .search(
                        session,
                        Template.builder()
                                .put(Cka.CKA_CLASS, objectClass)
                                .put(Cka.CKA_LABEL, label)
                                .build());
        if (found.length != 1) {
            throw new AssertionError(found.length + " objects called " + label);
        }
        return found[0];
    }

    static SecretBytes pin(String text) {
        return SecretBytes.adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        hsm.close();
    }
}
