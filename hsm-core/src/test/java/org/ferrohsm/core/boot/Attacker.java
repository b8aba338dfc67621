// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckg;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.mechanism.parameter.OaepParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;

/**
 * A program that is logged in, makes any calls it likes and keeps what it gets. It begins with a sensitive key that it
 * may use and wrap, a key that wraps and unwraps, and a key whose value it knows.
 */
final class Attacker implements AutoCloseable {
    private static final int KEY = 16;
    private static final byte[] KNOWN = new byte[KEY];
    private static final MechanismCall BLOCK = new MechanismCall(Ckm.CKM_AES_CBC, new RawParameters(new byte[KEY]));
    private static final MechanismCall KEY_WRAP = MechanismCall.of(Ckm.CKM_AES_KEY_WRAP);

    private final HsmRuntime hsm;
    private final Session session;
    private final byte[] secret;
    private final List<Long> keys = new ArrayList<>();
    private final List<byte[]> seen = new ArrayList<>();
    private boolean leaked;

    Attacker(HsmRuntime hsm, Session session) {
        this.hsm = hsm;
        this.session = session;
        long target = generate(Template.builder().put(Cka.CKA_EXTRACTABLE, true));
        secret = session.access()
                .open(target, Fault.KEY_HANDLE_INVALID)
                .secret(Cka.CKA_VALUE)
                .use(byte[]::clone);
        keys.add(target);
        keys.add(generate(Template.builder()
                .put(Cka.CKA_WRAP, true)
                .put(Cka.CKA_UNWRAP, true)
                .put(Cka.CKA_EXTRACTABLE, true)));
        keys.add(hsm.objects().create(session, known(Template.builder().put(Cka.CKA_ENCRYPT, true))));
        seen.add(new byte[KEY]);
    }

    /** Whether the attacker has the secret after these calls. */
    boolean learnsFrom(List<Step> steps) {
        for (Step step : steps) {
            try {
                run(step);
            } catch (HsmException e) {
                // Refused, which is what most calls deserve; a running operation must not hinder the next.
                hsm.crypto().cancel(session, OperationKind.ENCRYPT);
                hsm.crypto().cancel(session, OperationKind.DECRYPT);
            }
            if (leaked) {
                return true;
            }
        }
        return false;
    }

    private void run(Step step) {
        long key = keys.get(keys.size() - 1 - step.first() % keys.size());
        byte[] bytes = seen.get(seen.size() - 1 - step.second() % seen.size());
        switch (step.call()) {
            case GENERATE -> keys.add(generate(asked(step)));
            case CREATE_KNOWN -> keys.add(hsm.objects().create(session, known(asked(step))));
            case COPY -> keys.add(hsm.objects().copy(session, key, changes(step, true)));
            case ALLOW -> hsm.objects().change(session, key, changes(step, true));
            case FORBID -> hsm.objects().change(session, key, changes(step, false));
            case WRAP ->
                see(hsm.keys().wrap(session, KEY_WRAP, key, keys.get(step.second() % keys.size()), Output.UNLIMITED));
            case WRAP_FOR_ME -> wrapForMe(key);
            case UNWRAP -> keys.add(hsm.keys().unwrap(session, KEY_WRAP, key, bytes, unwrapped(step)));
            case ENCRYPT -> {
                hsm.crypto().encryptInit(session, BLOCK, key);
                see(hsm.crypto().encrypt(session, bytes, Output.UNLIMITED));
            }
            case DECRYPT -> see(decrypt(key, bytes));
            case DECRYPT_WRAPPED -> see(Output.of(unwrapByBlocks(key, bytes)));
            case READ ->
                hsm.objects().read(session, key, Cka.CKA_VALUE).forEach(reading -> {
                    AttributeValue value = reading.value();
                    if (value != null) {
                        see(Output.of(value.asBytes()));
                    }
                });
        }
    }

    private static Template.Builder asked(Step step) {
        return Template.builder()
                .put(step.use(), true)
                .put(step.other(), true)
                .put(Cka.CKA_EXTRACTABLE, true)
                .put(Cka.CKA_SENSITIVE, step.sensitive());
    }

    private static Template changes(Step step, boolean value) {
        return Template.builder()
                .put(step.use(), value)
                .put(step.other(), value)
                .build();
    }

    private static Template unwrapped(Step step) {
        return asked(step)
                .put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                .build();
    }

    private static Template known(Template.Builder template) {
        return template.put(Cka.CKA_CLASS, Cko.CKO_SECRET_KEY)
                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_AES)
                .put(Cka.CKA_VALUE, KNOWN)
                .build();
    }

    private long generate(Template.Builder template) {
        return hsm.keys()
                .generate(
                        session,
                        MechanismCall.of(Ckm.CKM_AES_KEY_GEN),
                        template.put(Cka.CKA_VALUE_LEN, (long) KEY).build());
    }

    private Output decrypt(long key, byte[] bytes) {
        hsm.crypto().decryptInit(session, BLOCK, key);
        return hsm.crypto().decrypt(session, bytes, Output.UNLIMITED);
    }

    /** RFC 3394 section 2.2.2, with the token's C_Decrypt for the block cipher. */
    private byte[] unwrapByBlocks(long key, byte[] wrapped) {
        int count = wrapped.length / 8 - 1;
        ByteBuffer registers = ByteBuffer.wrap(wrapped.clone());
        for (int step = 6 * count; step > 0; step--) {
            int at = 8 * ((step - 1) % count + 1);
            byte[] block = ByteBuffer.allocate(16)
                    .putLong(registers.getLong(0) ^ step)
                    .putLong(registers.getLong(at))
                    .array();
            ByteBuffer opened = ByteBuffer.wrap(decrypt(key, block).require());
            registers.putLong(0, opened.getLong());
            registers.putLong(at, opened.getLong());
        }
        return Arrays.copyOfRange(registers.array(), Math.min(8, wrapped.length), wrapped.length);
    }

    /** Wraps by a public key whose private half is outside: whatever comes out is as good as read. */
    private void wrapForMe(long key) {
        byte[] modulus = new byte[256];
        modulus[0] = (byte) 0x80;
        modulus[255] = 1;
        long mine = hsm.objects()
                .create(
                        session,
                        Template.builder()
                                .put(Cka.CKA_CLASS, Cko.CKO_PUBLIC_KEY)
                                .put(Cka.CKA_KEY_TYPE, Ckk.CKK_RSA)
                                .put(Cka.CKA_WRAP, true)
                                .put(Cka.CKA_ENCRYPT, false)
                                .put(Cka.CKA_VERIFY, false)
                                .put(Cka.CKA_MODULUS, modulus)
                                .put(Cka.CKA_PUBLIC_EXPONENT, new byte[] {1, 0, 1})
                                .build());
        MechanismCall oaep = new MechanismCall(
                Ckm.CKM_RSA_PKCS_OAEP, new OaepParameters(Ckm.CKM_SHA256, Ckg.CKG_MGF1_SHA256, 1, new byte[0]));
        hsm.keys().wrap(session, oaep, mine, key, Output.UNLIMITED).require();
        leaked |= session.access()
                .open(key, Fault.KEY_HANDLE_INVALID)
                .secret(Cka.CKA_VALUE)
                .<Boolean>use(value -> Arrays.equals(value, secret));
    }

    private void see(Output output) {
        byte[] bytes = output.require();
        seen.add(bytes);
        leaked |= Arrays.equals(bytes, secret) || Arrays.equals(openedOutside(bytes), secret);
    }

    /** What the known key makes of a wrapped key, without the token. */
    private static byte[] openedOutside(byte[] wrapped) {
        if (wrapped.length != KEY + 8) {
            return wrapped;
        }
        try {
            Cipher cipher = Cipher.getInstance("AESWrap", "SunJCE");
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(KNOWN, "AES"));
            return cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
        } catch (GeneralSecurityException e) {
            return wrapped;
        }
    }

    @Override
    public void close() {
        hsm.sessions().close(session);
    }
}
