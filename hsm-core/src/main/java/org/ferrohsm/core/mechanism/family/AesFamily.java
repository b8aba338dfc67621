// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.GcmParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** AES keys and the modes that encrypt with them (PKCS#11 3.2 sections 6.10, 6.11 and 6.13). */
final class AesFamily implements MechanismFamily {
    private static final byte[] NO_AAD = new byte[0];
    private static final int MIN_TAG_BITS = 96;
    private static final int MAX_TAG_BITS = 128;

    private final Engines engines;

    AesFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_AES_KEY_GEN).makesKeys(this::generate).build(),
                row(Ckm.CKM_AES_ECB)
                        .encrypts((key, parameters) -> ecb(key, parameters, true))
                        .decrypts((key, parameters) -> ecb(key, parameters, false))
                        .build(),
                row(Ckm.CKM_AES_CBC)
                        .parameters(RawParameters.class)
                        .encrypts((key, parameters) -> cbc(AesMode.CBC, key, parameters, true))
                        .decrypts((key, parameters) -> cbc(AesMode.CBC, key, parameters, false))
                        .build(),
                row(Ckm.CKM_AES_CBC_PAD)
                        .parameters(RawParameters.class)
                        .encrypts((key, parameters) -> cbc(AesMode.CBC_PAD, key, parameters, true))
                        .decrypts((key, parameters) -> cbc(AesMode.CBC_PAD, key, parameters, false))
                        .build(),
                row(Ckm.CKM_AES_CTR)
                        .parameters(CtrParameters.class)
                        .encrypts((key, parameters) -> ctr(key, parameters, true))
                        .decrypts((key, parameters) -> ctr(key, parameters, false))
                        .build(),
                row(Ckm.CKM_AES_GCM)
                        .parameters(GcmParameters.class)
                        .encrypts((key, parameters) -> gcm(key, parameters, true))
                        .decrypts((key, parameters) -> gcm(key, parameters, false))
                        .messages(message ->
                                new GcmParameters(message.nonce(), message.associatedData(), message.tagBits()))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new SecretKeyCodec(Set.of(Ckk.CKK_AES), AesFamily::isKeyLength, this::checkValue));
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_AES).keySizes(16, 32);
    }

    private static boolean isKeyLength(long bytes) {
        return bytes == 16 || bytes == 24 || bytes == 32;
    }

    private NewKey generate(Template template, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        long length = Checks.number(template, Cka.CKA_VALUE_LEN);
        if (!isKeyLength(length)) {
            throw Fault.KEY_SIZE_RANGE.because("an AES key of " + length + " bytes");
        }
        return SecretKeyCodec.newKey(SecretBytes.random((int) length, engines.random()));
    }

    private byte[] checkValue(SecretBytes value) {
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "no check value", () -> {
            Cipher cipher = engines.cipher(AesMode.ECB.transformation());
            cipher.init(Cipher.ENCRYPT_MODE, new LentKey("AES", value));
            return cipher.doFinal(new byte[AesMode.BLOCK]);
        });
    }

    private CipherStream ecb(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        Checks.noParameters(parameters);
        return new AesStream(AesKey.of(key, engines), AesMode.ECB, encrypting, null, NO_AAD, 0);
    }

    private CipherStream cbc(AesMode mode, HsmObject key, MechanismParameters parameters, boolean encrypting) {
        byte[] iv = Checks.parameters(RawParameters.class, parameters).bytes();
        if (iv.length != AesMode.BLOCK) {
            throw Fault.MECHANISM_PARAM_INVALID.because("an IV of " + iv.length + " bytes");
        }
        return new AesStream(AesKey.of(key, engines), mode, encrypting, new IvParameterSpec(iv), NO_AAD, 0);
    }

    private CipherStream ctr(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        CtrParameters counter = Checks.parameters(CtrParameters.class, parameters);
        byte[] block = counter.block();
        if (counter.counterBits() < 1 || counter.counterBits() > 128 || block.length != AesMode.BLOCK) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a counter of " + counter.counterBits() + " bits");
        }
        CipherStream stream =
                new AesStream(AesKey.of(key, engines), AesMode.CTR, encrypting, new IvParameterSpec(block), NO_AAD, 0);
        return new BoundedStream(stream, bytesUntilWrap((int) counter.counterBits(), block));
    }

    /** The nonce beside the counter must not change, so the data end where the counter does ("AES with Counter"). */
    private static long bytesUntilWrap(int counterBits, byte[] block) {
        BigInteger rounds = BigInteger.ONE.shiftLeft(counterBits);
        BigInteger start = new BigInteger(1, block).mod(rounds);
        BigInteger bytes = rounds.subtract(start).multiply(BigInteger.valueOf(AesMode.BLOCK));
        return bytes.bitLength() < Long.SIZE ? bytes.longValue() : Long.MAX_VALUE;
    }

    private CipherStream gcm(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        GcmParameters gcm = Checks.parameters(GcmParameters.class, parameters);
        long tagBits = gcm.tagBits();
        if (tagBits < MIN_TAG_BITS || tagBits > MAX_TAG_BITS || tagBits % 8 != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a tag of " + tagBits + " bits");
        }
        if (gcm.iv().length == 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("an empty IV");
        }
        GCMParameterSpec spec = new GCMParameterSpec((int) tagBits, gcm.iv());
        return new AesStream(AesKey.of(key, engines), AesMode.GCM, encrypting, spec, gcm.aad(), (int) (tagBits / 8));
    }
}
