// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.CbcDataParameters;
import org.ferrohsm.core.mechanism.parameter.CtrParameters;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.StringDataParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/** The rows that every block cipher has: one method for each kind of mechanism, which takes its number. */
final class BlockRows {
    private static final byte[] NO_AAD = new byte[0];

    private final BlockCipher block;
    private final Engines engines;
    private final boolean legacy;

    BlockRows(BlockCipher block, Engines engines) {
        this.block = block;
        this.engines = engines;
        this.legacy = block == BlockCipher.DES3;
    }

    /** The codec of the cipher's keys. */
    SecretKeyCodec codec(SecretKeyType type) {
        return new SecretKeyCodec(java.util.Set.of(type.number()), type::isLength, this::checkValue);
    }

    /** A row that works with the cipher's keys. */
    Mechanism.Builder row(long mechanism) {
        SecretKeyType keys = block.keys();
        Mechanism.Builder row = Mechanism.row(mechanism, keys.number()).legacy(legacy);
        return block == BlockCipher.DES3
                ? row.keySizes(SecretKeyType.DES2.min(), keys.max()).alsoTakes(Ckk.CKK_DES2)
                : row.keySizes(keys.min(), keys.max());
    }

    Mechanism keyGeneration(long mechanism, SecretKeyType type) {
        return new SecretKeyMaker(engines).row(mechanism, type).legacy(legacy).build();
    }

    Mechanism ecb(long mechanism) {
        return CipherWrapper.row(
                        row(mechanism),
                        block.block(),
                        (key, parameters) -> ecb(key, parameters, true),
                        (key, parameters) -> ecb(key, parameters, false))
                .build();
    }

    /** A mode whose parameter is an initialisation vector of one block; those of whole blocks wrap as well. */
    Mechanism withIv(long mechanism, BlockMode mode) {
        Mechanism.Builder row = row(mechanism).parameters(RawParameters.class);
        Mechanism.CipherFactory encryptor = (key, parameters) -> stream(key, mode, iv(parameters), true);
        Mechanism.CipherFactory decryptor = (key, parameters) -> stream(key, mode, iv(parameters), false);
        if (!mode.isBlockwise()) {
            return row.encrypts(encryptor).decrypts(decryptor).build();
        }
        return CipherWrapper.row(row, mode.isPadded() ? 1 : block.block(), encryptor, decryptor)
                .build();
    }

    Mechanism ctr(long mechanism) {
        return row(mechanism)
                .parameters(CtrParameters.class)
                .encrypts((key, parameters) -> ctr(key, parameters, true))
                .decrypts((key, parameters) -> ctr(key, parameters, false))
                .build();
    }

    /** A MAC of {@code length} bytes. */
    Mechanism mac(long mechanism, ChainedMac.Kind kind, int length) {
        return row(mechanism)
                .signs((key, parameters) -> mac(key, kind, parameters, length))
                .verifies((key, parameters) -> mac(key, kind, parameters, length))
                .build();
    }

    /** A MAC of the length that its parameter says. */
    Mechanism generalMac(long mechanism, ChainedMac.Kind kind) {
        return row(mechanism)
                .parameters(MacLengthParameters.class)
                .signs((key, parameters) -> mac(key, kind, MacOperation.length(parameters, block.block())))
                .verifies((key, parameters) -> mac(key, kind, MacOperation.length(parameters, block.block())))
                .build();
    }

    /** Keys that are the ciphertext of given data (PKCS#11 3.2 section 6.28). */
    Mechanism ecbData(long mechanism) {
        return row(mechanism)
                .parameters(StringDataParameters.class)
                .derives((base, template, keyType, parameters) -> {
                    byte[] data = Checks.parameters(StringDataParameters.class, parameters)
                            .data();
                    return encrypted(base, template, keyType, BlockMode.ECB, null, data);
                })
                .build();
    }

    Mechanism cbcData(long mechanism) {
        return row(mechanism)
                .parameters(CbcDataParameters.class)
                .derives((base, template, keyType, parameters) -> {
                    CbcDataParameters given = Checks.parameters(CbcDataParameters.class, parameters);
                    return encrypted(base, template, keyType, BlockMode.CBC, iv(given.iv()), given.data());
                })
                .build();
    }

    private byte[] checkValue(SecretBytes value) {
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "no check value", () -> {
            Cipher cipher = engines.cipher(BlockMode.ECB.transformation(block));
            cipher.init(Cipher.ENCRYPT_MODE, CipherKey.lent(value, block));
            return cipher.doFinal(new byte[block.block()]);
        });
    }

    private CipherStream ecb(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        Checks.noParameters(parameters);
        return stream(key, BlockMode.ECB, null, encrypting);
    }

    private CipherStream stream(
            HsmObject key, BlockMode mode, @Nullable AlgorithmParameterSpec spec, boolean encrypting) {
        return new BlockStream(CipherKey.of(key, block, engines), mode, encrypting, spec, NO_AAD, 0);
    }

    private IvParameterSpec iv(MechanismParameters parameters) {
        return iv(Checks.parameters(RawParameters.class, parameters).bytes());
    }

    private IvParameterSpec iv(byte[] iv) {
        if (iv.length != block.block()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("an IV of " + iv.length + " bytes");
        }
        return new IvParameterSpec(iv);
    }

    private CipherStream ctr(HsmObject key, MechanismParameters parameters, boolean encrypting) {
        CtrParameters counter = Checks.parameters(CtrParameters.class, parameters);
        long bits = counter.counterBits();
        if (bits < 1 || bits > 8L * block.block()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a counter of " + bits + " bits");
        }
        CipherStream stream = stream(key, BlockMode.CTR, iv(counter.block()), encrypting);
        return new BoundedStream(stream, bytesUntilWrap((int) bits, counter.block()));
    }

    /** The nonce beside the counter must not change, so the data end where the counter does ("AES with Counter"). */
    private static long bytesUntilWrap(int counterBits, byte[] first) {
        BigInteger rounds = BigInteger.ONE.shiftLeft(counterBits);
        BigInteger start = new BigInteger(1, first).mod(rounds);
        BigInteger bytes = rounds.subtract(start).multiply(BigInteger.valueOf(first.length));
        return bytes.bitLength() < Long.SIZE ? bytes.longValue() : Long.MAX_VALUE;
    }

    private MacOperation mac(HsmObject key, ChainedMac.Kind kind, MechanismParameters parameters, int length) {
        Checks.noParameters(parameters);
        return mac(key, kind, length);
    }

    private MacOperation mac(HsmObject key, ChainedMac.Kind kind, int length) {
        return new MacOperation(CipherKey.of(key, block, engines).macs(kind), length);
    }

    private NewKey encrypted(
            HsmObject base,
            Template template,
            long keyType,
            BlockMode mode,
            @Nullable AlgorithmParameterSpec spec,
            byte[] data) {
        if (data.length == 0 || data.length % block.block() != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because(data.length + " bytes are not whole blocks");
        }
        return DerivedKey.cut(template, keyType, stream(base, mode, spec, true).finish(data, 0, data.length));
    }
}
