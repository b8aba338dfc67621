// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.GCMParameterSpec;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.mechanism.MechanismCall;
import org.ferrohsm.core.operation.OperationKind;
import org.ferrohsm.core.operation.Output;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.key.KeyKind;
import org.ferrohsm.jca.key.ObjectReference;
import org.ferrohsm.jca.key.OpaqueSecretKey;
import org.ferrohsm.jca.key.Platform;
import org.ferrohsm.jca.spec.KeyUsage;
import org.ferrohsm.jca.token.Faults;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * AES by keys of the token. Data given at once go in one call in whatever session is free; data in parts are streamed
 * through a session that is held until the end.
 */
public final class AesCipher extends OpaqueCipher {
    private static final byte[] NOTHING = new byte[0];

    private final AesMode mode;
    private final ByteArrayOutputStream aad = new ByteArrayOutputStream();
    private @Nullable ObjectReference key;
    private boolean encrypting;
    private byte[] iv = NOTHING;
    private int tagBits = AesMode.FULL_TAG;
    private boolean used;
    private @Nullable ObjectReference lastKey;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private @Nullable HeldSession stream;
    private int pending;

    public AesCipher(AesMode mode) {
        this.mode = mode;
    }

    @Override
    void init(int opmode, Key given, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (opmode != Cipher.ENCRYPT_MODE && opmode != Cipher.DECRYPT_MODE) {
            throw new UnsupportedOperationException("keys are wrapped by AES/KW, AES/KWP and RSA OAEP");
        }
        if (!(given instanceof OpaqueSecretKey secret)) {
            throw new InvalidKeyException("no key of FerroHSM; import it, or leave it to another provider");
        }
        if (secret.keyType() != KeyKind.AES.keyType()) {
            throw new InvalidKeyException("the cipher needs an AES key");
        }
        boolean encrypt = opmode == Cipher.ENCRYPT_MODE;
        secret.require(encrypt ? KeyUsage.ENCRYPT : KeyUsage.DECRYPT);
        reset();
        byte[] nextIv = iv(encrypt, secret.reference().token(), spec);
        if (mode.isAuthenticated() && encrypt) {
            if (secret.reference().equals(lastKey) && Arrays.equals(nextIv, iv)) {
                throw new InvalidAlgorithmParameterException("the IV has been used with this key");
            }
            lastKey = secret.reference();
        }
        tagBits = spec instanceof GCMParameterSpec gcm ? gcm.getTLen() : AesMode.FULL_TAG;
        key = secret.reference();
        encrypting = encrypt;
        iv = nextIv;
        used = false;
    }

    private byte[] iv(boolean encrypt, Token token, @Nullable AlgorithmParameterSpec spec)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        if (spec != null) {
            return mode.iv(spec);
        }
        if (mode.ivLength() == 0) {
            return NOTHING;
        }
        if (!encrypt) {
            throw new InvalidAlgorithmParameterException("decryption needs the IV");
        }
        return Faults.keyed(() -> token.call(session -> token.crypto().random(session, mode.ivLength())));
    }

    @Override
    @Nullable
    Class<? extends AlgorithmParameterSpec> parameterKind() {
        return mode.parameterKind();
    }

    @Override
    MechanismCall wrapping() {
        throw new IllegalStateException("the cipher is not set up for wrapping");
    }

    @Override
    ObjectReference key() {
        if (key == null) {
            throw new IllegalStateException("the cipher has no key yet");
        }
        return key;
    }

    @Override
    byte @Nullable [] update(byte[] input, int offset, int length, int room) {
        ObjectReference current = key();
        if (mode.isWhole()) {
            requireFreshIv();
            collected.write(input, offset, length);
            pending += length;
            return NOTHING;
        }
        byte[] part = Arrays.copyOfRange(input, offset, offset + length);
        Output output = Faults.plain(() -> {
            HeldSession held = stream;
            if (held == null) {
                requireFreshIv();
                held = new HeldSession(this, current.token(), kind());
                stream = held;
                start(current, held.session(), 0);
            }
            return partly(current.token(), held.session(), part, room);
        });
        byte[] bytes = output.bytes();
        if (bytes != null) {
            pending += part.length - bytes.length;
        }
        return bytes;
    }

    @Override
    byte[] finish(byte[] input, int offset, int length) throws IllegalBlockSizeException, BadPaddingException {
        ObjectReference current = key();
        Token token = current.token();
        byte[] last = joined(collected.toByteArray(), Arrays.copyOfRange(input, offset, offset + length));
        HeldSession held = stream;
        try {
            if (held == null) {
                requireFreshIv();
                return token.call(session -> {
                    start(current, session, last.length);
                    return whole(token, session, last);
                });
            }
            byte[] head = partly(token, held.session(), last, Output.UNLIMITED).require();
            byte[] tail = rest(token, held.session());
            held.finished();
            stream = null;
            return joined(head, tail);
        } catch (HsmException e) {
            if (mode.isAuthenticated() && e.fault() == Fault.ENCRYPTED_DATA_INVALID) {
                AEADBadTagException badTag = new AEADBadTagException(e.getMessage());
                badTag.initCause(e);
                throw badTag;
            }
            if (Faults.of(e) instanceof BadPaddingException) {
                throw Faults.as(BadPaddingException.class, BadPaddingException::new, e);
            }
            throw Faults.as(IllegalBlockSizeException.class, IllegalBlockSizeException::new, e);
        } finally {
            reset();
            used = true;
        }
    }

    @Override
    protected void engineUpdateAAD(byte[] src, int offset, int length) {
        if (!mode.isAuthenticated()) {
            throw new UnsupportedOperationException("the mode has no additional data");
        }
        key();
        requireFreshIv();
        if (stream != null || collected.size() > 0) {
            throw new IllegalStateException("additional data come before all others");
        }
        aad.write(src, offset, length);
    }

    @Override
    protected void engineUpdateAAD(ByteBuffer src) {
        byte[] bytes = new byte[src.remaining()];
        src.get(bytes);
        engineUpdateAAD(bytes, 0, bytes.length);
    }

    @Override
    protected int engineGetBlockSize() {
        return AesMode.BLOCK;
    }

    /** An upper bound. */
    @Override
    protected int engineGetOutputSize(int length) {
        int total = Math.addExact(pending, length);
        int tag = mode.isAuthenticated() ? tagBits / 8 : 0;
        if (encrypting) {
            int padding = mode.padding() == 0 ? 0 : mode.padding() - total % mode.padding();
            return Math.addExact(total, padding + tag);
        }
        return Math.max(0, total - tag);
    }

    @Override
    boolean isUnderWay() {
        return stream != null || collected.size() > 0;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
        return iv.length == 0 ? null : iv.clone();
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        AlgorithmParameterSpec spec = iv.length == 0 ? null : mode.spec(iv, tagBits);
        return spec == null || mode.isWhole() ? null : Platform.parameters(mode.parametersName(), spec);
    }

    @Override
    protected int engineGetKeySize(Key given) throws InvalidKeyException {
        if (!(given instanceof OpaqueSecretKey secret)) {
            throw new InvalidKeyException("no key of FerroHSM");
        }
        return 8 * Faults.keyed(secret::valueLength);
    }

    /** Under GCM and CCM a key and IV that have encrypted once must not do so again (NIST SP 800-38D section 8). */
    private void requireFreshIv() {
        if (used && encrypting && mode.isAuthenticated()) {
            throw new IllegalStateException("the IV has been used with this key: initialise the cipher again");
        }
    }

    private OperationKind kind() {
        return encrypting ? OperationKind.ENCRYPT : OperationKind.DECRYPT;
    }

    private void start(ObjectReference current, Session session, int length) {
        int plain = encrypting || !mode.isAuthenticated() ? length : Math.max(0, length - tagBits / 8);
        MechanismCall call = mode.call(iv, aad.toByteArray(), tagBits, plain);
        current.with(session, handle -> {
            if (encrypting) {
                current.token().crypto().encryptInit(session, call, handle);
            } else {
                current.token().crypto().decryptInit(session, call, handle);
            }
            return true;
        });
    }

    private Output partly(Token token, Session session, byte[] part, int room) {
        return encrypting
                ? token.crypto().encryptUpdate(session, part, room)
                : token.crypto().decryptUpdate(session, part, room);
    }

    private byte[] whole(Token token, Session session, byte[] data) {
        return encrypting
                ? token.crypto().encrypt(session, data, Output.UNLIMITED).require()
                : token.crypto().decrypt(session, data, Output.UNLIMITED).require();
    }

    private byte[] rest(Token token, Session session) {
        return encrypting
                ? token.crypto().encryptFinal(session, Output.UNLIMITED).require()
                : token.crypto().decryptFinal(session, Output.UNLIMITED).require();
    }

    private void reset() {
        HeldSession held = stream;
        if (held != null) {
            held.abandon();
            stream = null;
        }
        aad.reset();
        collected.reset();
        pending = 0;
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }
}
