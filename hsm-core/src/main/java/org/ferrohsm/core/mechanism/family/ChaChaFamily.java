// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.bouncycastle.crypto.SkippingStreamCipher;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.parameter.ChaChaPolyParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.StreamCipherParameters;
import org.ferrohsm.core.object.HsmObject;

/** ChaCha20, Salsa20, Poly1305, and ChaCha20 with Poly1305 (PKCS#11 3.2 sections 6.63 to 6.66, RFC 8439). */
final class ChaChaFamily implements MechanismFamily {
    private static final int TAG = 16;

    /** By the length of the nonce in bytes. */
    private static final Map<Integer, Supplier<SkippingStreamCipher>> CHACHA =
            Map.of(8, ChaChaEngine::new, 12, ChaCha7539Engine::new);

    private static final Map<Integer, Supplier<SkippingStreamCipher>> SALSA =
            Map.of(8, Salsa20Engine::new, 24, XSalsa20Engine::new);

    private static final Map<Integer, String> AUTHENTICATED = Map.of(12, "ChaCha20-Poly1305", 24, "XChaCha20-Poly1305");

    private final Engines engines;

    ChaChaFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        SecretKeyMaker maker = new SecretKeyMaker(engines);
        return List.of(
                maker.row(Ckm.CKM_CHACHA20_KEY_GEN, SecretKeyType.CHACHA20).build(),
                maker.row(Ckm.CKM_SALSA20_KEY_GEN, SecretKeyType.SALSA20).build(),
                maker.row(Ckm.CKM_POLY1305_KEY_GEN, SecretKeyType.POLY1305).build(),
                stream(Ckm.CKM_CHACHA20, SecretKeyType.CHACHA20, CHACHA),
                stream(Ckm.CKM_SALSA20, SecretKeyType.SALSA20, SALSA),
                start(Ckm.CKM_POLY1305, SecretKeyType.POLY1305)
                        .oneSignature()
                        .signs((key, parameters) -> poly1305(key, parameters))
                        .verifies((key, parameters) -> poly1305(key, parameters))
                        .build(),
                start(Ckm.CKM_CHACHA20_POLY1305, SecretKeyType.CHACHA20)
                        .parameters(ChaChaPolyParameters.class)
                        .encrypts((key, parameters) -> authenticated(key, parameters, true))
                        .decrypts((key, parameters) -> authenticated(key, parameters, false))
                        .messages(message -> new ChaChaPolyParameters(message.nonce(), message.associatedData()))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(codec(SecretKeyType.CHACHA20), codec(SecretKeyType.SALSA20), codec(SecretKeyType.POLY1305));
    }

    private SecretKeyCodec codec(SecretKeyType type) {
        return new SecretKeyCodec(
                Set.of(type.number()),
                type::isLength,
                SecretKeyCodec.byDigest(() -> engines.digest(Hash.SHA1.digestName())));
    }

    private static Mechanism.Builder start(long type, SecretKeyType keys) {
        return Mechanism.row(type, keys.number()).keySizes(keys.min(), keys.max());
    }

    private static Mechanism stream(
            long type, SecretKeyType keys, Map<Integer, Supplier<SkippingStreamCipher>> variants) {
        return start(type, keys)
                .parameters(StreamCipherParameters.class)
                .encrypts((key, parameters) -> stream(key, keys, variants, parameters))
                .decrypts((key, parameters) -> stream(key, keys, variants, parameters))
                .build();
    }

    private static CipherStream stream(
            HsmObject key,
            SecretKeyType keys,
            Map<Integer, Supplier<SkippingStreamCipher>> variants,
            MechanismParameters parameters) {
        Checks.key(key, Cko.CKO_SECRET_KEY, keys.number());
        StreamCipherParameters given = Checks.parameters(StreamCipherParameters.class, parameters);
        Supplier<SkippingStreamCipher> variant = variants.get(given.nonce().length);
        if (variant == null) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a nonce of " + given.nonce().length + " bytes");
        }
        return StreamCipherStream.open(variant.get(), key.secret(Cka.CKA_VALUE), given);
    }

    private static MacOperation poly1305(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        Checks.key(key, Cko.CKO_SECRET_KEY, SecretKeyType.POLY1305.number());
        return new MacOperation(new Spare<>(() -> new BouncyCastleMac(new Poly1305(), key.secret(Cka.CKA_VALUE))), TAG);
    }

    private CipherStream authenticated(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        Checks.key(key, Cko.CKO_SECRET_KEY, SecretKeyType.CHACHA20.number());
        ChaChaPolyParameters given = Checks.parameters(ChaChaPolyParameters.class, parameters);
        String algorithm = AUTHENTICATED.get(given.nonce().length);
        if (algorithm == null) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a nonce of " + given.nonce().length + " bytes");
        }
        Fault wrongLength = encrypting ? Fault.DATA_LEN_RANGE : Fault.ENCRYPTED_DATA_LEN_RANGE;
        Fault otherwise = encrypting ? Fault.FUNCTION_FAILED : Fault.ENCRYPTED_DATA_INVALID;
        return WholeCipher.ofAnyLength(wrongLength, length -> length + (encrypting ? TAG : -TAG), input -> {
            if (!encrypting && input.length < TAG) {
                throw wrongLength.because("less than a tag");
            }
            return EngineCall.orFault(otherwise, "the data do not decrypt", () -> {
                Cipher cipher = engines.cipher(algorithm);
                cipher.init(
                        encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
                        new LentKey("ChaCha20", key.secret(Cka.CKA_VALUE)),
                        new IvParameterSpec(given.nonce()));
                cipher.updateAAD(given.aad());
                return cipher.doFinal(input);
            });
        });
    }
}
