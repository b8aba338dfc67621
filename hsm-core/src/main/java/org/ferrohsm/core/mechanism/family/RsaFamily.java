// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.CipherStream;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.HashedSigner;
import org.ferrohsm.core.mechanism.HashedVerifier;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKeyPair;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.WholeCipher;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** RSA keys, and PKCS#1 v1.5 signatures and encryption with them (PKCS#11 3.2 section 6.1, RFC 8017). */
final class RsaFamily implements MechanismFamily {
    /** 00 01 or 02, at least eight bytes of padding, 00. */
    private static final int OVERHEAD = 11;

    /** AWS-LC rounds other sizes. */
    private static final int SIZE_STEP = 128;

    private static final List<Row> ROWS = List.of(
            new Row(Ckm.CKM_SHA1_RSA_PKCS, Hash.SHA1),
            new Row(Ckm.CKM_SHA224_RSA_PKCS, Hash.SHA224),
            new Row(Ckm.CKM_SHA256_RSA_PKCS, Hash.SHA256),
            new Row(Ckm.CKM_SHA384_RSA_PKCS, Hash.SHA384),
            new Row(Ckm.CKM_SHA512_RSA_PKCS, Hash.SHA512),
            new Row(Ckm.CKM_SHA3_224_RSA_PKCS, Hash.SHA3_224),
            new Row(Ckm.CKM_SHA3_256_RSA_PKCS, Hash.SHA3_256),
            new Row(Ckm.CKM_SHA3_384_RSA_PKCS, Hash.SHA3_384),
            new Row(Ckm.CKM_SHA3_512_RSA_PKCS, Hash.SHA3_512));

    private record Row(long type, Hash hash) {}

    private final Engines engines;

    RsaFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(
                row(Ckm.CKM_RSA_PKCS_KEY_PAIR_GEN).makesKeyPairs(this::generate).build());
        rows.add(row(Ckm.CKM_RSA_PKCS)
                .signs((key, parameters) -> signer(key, parameters, new byte[0]))
                .verifies((key, parameters) -> verifier(key, parameters, new byte[0]))
                .encrypts(this::encryptor)
                .decrypts(this::decryptor)
                .recovers(this::signRecoverer, this::verifyRecoverer)
                .wraps(new Wrapper())
                .build());
        for (Row hashed : ROWS) {
            byte[] prefix = hashed.hash.digestInfoPrefix();
            rows.add(row(hashed.type)
                    .signs((key, parameters) ->
                            new HashedSigner(new EngineDigester(engines, hashed.hash), signer(key, parameters, prefix)))
                    .verifies((key, parameters) -> new HashedVerifier(
                            new EngineDigester(engines, hashed.hash), verifier(key, parameters, prefix)))
                    .build());
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new RsaKeyCodec());
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_RSA).keySizes(RsaKeyCodec.MIN_BITS, RsaKeyCodec.MAX_BITS);
    }

    private NewKeyPair generate(Template publicTemplate, Template privateTemplate, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        long bits = Checks.number(publicTemplate, Cka.CKA_MODULUS_BITS);
        if (bits < RsaKeyCodec.MIN_BITS || bits > RsaKeyCodec.MAX_BITS || bits % SIZE_STEP != 0) {
            throw Fault.KEY_SIZE_RANGE.because("an RSA modulus of " + bits + " bits");
        }
        AttributeValue given = publicTemplate.get(Cka.CKA_PUBLIC_EXPONENT);
        BigInteger exponent = given == null || given.length() == 0
                ? RsaKeyCodec.F4
                : RsaKeyCodec.checkExponent(BigIntegers.of(given.asBytes()), Fault.ATTRIBUTE_VALUE_INVALID);
        KeyPair pair = EngineCall.orFault(Fault.FUNCTION_FAILED, "no key pair", () -> {
            KeyPairGenerator generator = engines.keyPairGenerator("RSA");
            generator.initialize(new RSAKeyGenParameterSpec((int) bits, exponent), engines.random());
            return generator.generateKeyPair();
        });
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        return new NewKeyPair(
                RsaKeyCodec.publicKey(key.getModulus(), key.getPublicExponent()),
                RsaKeyCodec.privateKey(new RsaNumbers(
                        key.getModulus(),
                        key.getPublicExponent(),
                        key.getPrivateExponent(),
                        key.getPrimeP(),
                        key.getPrimeQ(),
                        key.getPrimeExponentP(),
                        key.getPrimeExponentQ(),
                        key.getCrtCoefficient())));
    }

    private Signer signer(HsmObject key, MechanismParameters parameters, byte[] prefix) {
        Checks.noParameters(parameters);
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int width = prepared.bytes();
        return new WholeSigner(
                width - OVERHEAD - prefix.length,
                width,
                data -> prepared.permute(signatureBlock(width, prefix, data), Fault.FUNCTION_FAILED));
    }

    private Verifier verifier(HsmObject key, MechanismParameters parameters, byte[] prefix) {
        Checks.noParameters(parameters);
        RsaKeys.Public prepared = RsaKeys.publicKey(key, engines);
        int width = prepared.bytes();
        return new WholeVerifier(width - OVERHEAD - prefix.length, (data, signature) -> {
            if (signature.length != width) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            byte[] block = prepared.permute(signature, Fault.SIGNATURE_INVALID);
            if (!MessageDigest.isEqual(block, signatureBlock(width, prefix, data))) {
                throw Fault.SIGNATURE_INVALID.because("the signature is another's");
            }
        });
    }

    private CipherStream signRecoverer(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(
                width - OVERHEAD,
                Fault.DATA_LEN_RANGE,
                width,
                true,
                data -> prepared.permute(signatureBlock(width, new byte[0], data), Fault.FUNCTION_FAILED));
    }

    private CipherStream verifyRecoverer(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        RsaKeys.Public prepared = RsaKeys.publicKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(width, Fault.SIGNATURE_LEN_RANGE, width - OVERHEAD, false, signature -> {
            if (signature.length != width) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a signature of " + signature.length + " bytes");
            }
            return signedData(prepared.permute(signature, Fault.SIGNATURE_INVALID));
        });
    }

    /** The data in a block that {@link #signatureBlock} would make of them. */
    private static byte[] signedData(byte[] block) {
        int dataAt = 2;
        while (dataAt < block.length && block[dataAt] == (byte) 0xff) {
            dataAt++;
        }
        dataAt++;
        byte[] data = Arrays.copyOfRange(block, Math.min(dataAt, block.length), block.length);
        if (dataAt < OVERHEAD || !Arrays.equals(block, signatureBlock(block.length, new byte[0], data))) {
            throw Fault.SIGNATURE_INVALID.because("no PKCS#1 signature");
        }
        return data;
    }

    /** EMSA-PKCS1-v1_5 (RFC 8017 section 9.2); verification builds it too and compares it whole. */
    private static byte[] signatureBlock(int width, byte[] prefix, byte[] data) {
        byte[] block = new byte[width];
        int dataAt = width - data.length;
        int prefixAt = dataAt - prefix.length;
        block[1] = 1;
        Arrays.fill(block, 2, prefixAt - 1, (byte) 0xff);
        System.arraycopy(prefix, 0, block, prefixAt, prefix.length);
        System.arraycopy(data, 0, block, dataAt, data.length);
        return block;
    }

    private CipherStream encryptor(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        RsaKeys.Public prepared = RsaKeys.publicKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(width - OVERHEAD, Fault.DATA_LEN_RANGE, width, true, data -> encrypted(prepared, data));
    }

    private byte[] encrypted(RsaKeys.Public prepared, byte[] data) {
        byte[] block = encryptionBlock(prepared.bytes(), data);
        try {
            return prepared.permute(block, Fault.FUNCTION_FAILED);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** EME-PKCS1-v1_5 (RFC 8017 section 7.2.1). */
    private byte[] encryptionBlock(int width, byte[] data) {
        byte[] block = new byte[width];
        byte[] padding = new byte[width - data.length - 3];
        engines.random().nextBytes(padding);
        for (int i = 0; i < padding.length; i++) {
            while (padding[i] == 0) {
                byte[] another = new byte[1];
                engines.random().nextBytes(another);
                padding[i] = another[0];
            }
        }
        block[1] = 2;
        System.arraycopy(padding, 0, block, 2, padding.length);
        System.arraycopy(data, 0, block, width - data.length, data.length);
        return block;
    }

    private CipherStream decryptor(HsmObject key, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        RsaKeys.Private prepared = RsaKeys.privateKey(key, engines);
        int width = prepared.bytes();
        return new WholeCipher(width, Fault.ENCRYPTED_DATA_LEN_RANGE, width - OVERHEAD, false, ciphertext -> {
            if (ciphertext.length != width) {
                throw Fault.ENCRYPTED_DATA_LEN_RANGE.because("a ciphertext of " + ciphertext.length + " bytes");
            }
            return decrypted(key, prepared, ciphertext, ImplicitRejection.ANY_LENGTH);
        });
    }

    private byte[] decrypted(HsmObject key, RsaKeys.Private prepared, byte[] ciphertext, int length) {
        byte[] block = prepared.permute(ciphertext, Fault.ENCRYPTED_DATA_INVALID);
        try {
            return new ImplicitRejection(key.secret(Cka.CKA_PRIVATE_EXPONENT), engines)
                    .message(block, ciphertext, length);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    /** For tokens that the policy lets wrap by it: whoever may try wrapped keys learns what its length shows. */
    private final class Wrapper implements Mechanism.KeyWrapper {
        @Override
        public byte[] wrap(HsmObject wrappingKey, SecretBytes serialised, MechanismParameters parameters) {
            Checks.noParameters(parameters);
            RsaKeys.Public prepared = RsaKeys.publicKey(wrappingKey, engines);
            if (serialised.length() > prepared.bytes() - OVERHEAD) {
                throw Fault.KEY_SIZE_RANGE.because("a key of " + serialised.length() + " bytes does not fit");
            }
            return serialised.use(bytes -> encrypted(prepared, bytes));
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters) {
            return unwrap(unwrappingKey, wrapped, parameters, ImplicitRejection.ANY_LENGTH);
        }

        @Override
        public SecretBytes unwrap(HsmObject unwrappingKey, byte[] wrapped, MechanismParameters parameters, int length) {
            Checks.noParameters(parameters);
            RsaKeys.Private prepared = RsaKeys.privateKey(unwrappingKey, engines);
            if (wrapped.length != prepared.bytes() || length > prepared.bytes() - OVERHEAD) {
                throw Fault.WRAPPED_KEY_LEN_RANGE.because("a wrapped key of " + wrapped.length + " bytes");
            }
            return SecretBytes.adopt(decrypted(unwrappingKey, prepared, wrapped, length));
        }
    }
}
