// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Hash;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.MacLengthParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Generic secrets and the HMACs that use them (PKCS#11 3.2 sections 6.13 and 6.20 to 6.24). */
final class HmacFamily implements MechanismFamily {
    /** In bytes. Short keys are legal HMAC keys, and clients make them. */
    private static final int MIN_KEY = 1;

    private static final int MAX_KEY = 4096;

    /** A MAC that a caller shortens is guessed byte by byte; RFC 2104 section 5 and NIST SP 800-224 set the floor. */
    private static final int MIN_MAC = 8;

    private static final List<Row> ROWS = List.of(
            new Row(Hash.SHA1, Ckm.CKM_SHA_1_HMAC, Ckm.CKM_SHA_1_HMAC_GENERAL, Ckk.CKK_SHA_1_HMAC),
            new Row(Hash.SHA224, Ckm.CKM_SHA224_HMAC, Ckm.CKM_SHA224_HMAC_GENERAL, Ckk.CKK_SHA224_HMAC),
            new Row(Hash.SHA256, Ckm.CKM_SHA256_HMAC, Ckm.CKM_SHA256_HMAC_GENERAL, Ckk.CKK_SHA256_HMAC),
            new Row(Hash.SHA384, Ckm.CKM_SHA384_HMAC, Ckm.CKM_SHA384_HMAC_GENERAL, Ckk.CKK_SHA384_HMAC),
            new Row(Hash.SHA512, Ckm.CKM_SHA512_HMAC, Ckm.CKM_SHA512_HMAC_GENERAL, Ckk.CKK_SHA512_HMAC));

    private record Row(Hash hash, long full, long general, long ownKeyType) {}

    private final Engines engines;

    HmacFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        List<Mechanism> rows = new ArrayList<>();
        rows.add(Mechanism.row(Ckm.CKM_GENERIC_SECRET_KEY_GEN, Ckk.CKK_GENERIC_SECRET)
                .keySizes(8L * MIN_KEY, 8L * MAX_KEY)
                .makesKeys(this::generate)
                .build());
        for (Row row : ROWS) {
            rows.add(start(row.full, row)
                    .signs((key, parameters) -> {
                        Checks.noParameters(parameters);
                        return new Running(key, row, row.hash.length());
                    })
                    .verifies((key, parameters) -> {
                        Checks.noParameters(parameters);
                        return new Running(key, row, row.hash.length());
                    })
                    .build());
            rows.add(start(row.general, row)
                    .parameters(MacLengthParameters.class)
                    .signs((key, parameters) -> new Running(key, row, macLength(row, parameters)))
                    .verifies((key, parameters) -> new Running(key, row, macLength(row, parameters)))
                    .build());
        }
        return rows;
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(new SecretKeyCodec(
                Set.of(
                        Ckk.CKK_GENERIC_SECRET,
                        Ckk.CKK_SHA_1_HMAC,
                        Ckk.CKK_SHA224_HMAC,
                        Ckk.CKK_SHA256_HMAC,
                        Ckk.CKK_SHA384_HMAC,
                        Ckk.CKK_SHA512_HMAC),
                HmacFamily::isKeyLength,
                SecretKeyCodec.byDigest(() -> engines.digest(Hash.SHA1.digestName()))));
    }

    private static Mechanism.Builder start(long type, Row row) {
        return Mechanism.row(type, Ckk.CKK_GENERIC_SECRET)
                .alsoTakes(row.ownKeyType)
                .keySizes(MIN_KEY, MAX_KEY);
    }

    private static boolean isKeyLength(long bytes) {
        return bytes >= MIN_KEY && bytes <= MAX_KEY;
    }

    private NewKey generate(Template template, MechanismParameters parameters) {
        Checks.noParameters(parameters);
        long length = Checks.number(template, Cka.CKA_VALUE_LEN);
        if (!isKeyLength(length)) {
            throw Fault.KEY_SIZE_RANGE.because("a generic secret of " + length + " bytes");
        }
        return SecretKeyCodec.newKey(SecretBytes.random((int) length, engines.random()));
    }

    private static int macLength(Row row, MechanismParameters parameters) {
        long length = Checks.parameters(MacLengthParameters.class, parameters).bytes();
        if (length < MIN_MAC || length > row.hash.length()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a MAC of " + length + " bytes");
        }
        return (int) length;
    }

    /** The engine's form of a key: initialised MACs, per hash. */
    private static final class Macs {
        private final Map<Hash, Spare<Mac>> spares = new ConcurrentHashMap<>();
        private final SecretKey secret;
        private final Engines engines;

        Macs(HsmObject key, Engines engines) {
            this.secret = new LentKey("HMAC", key.secret(Cka.CKA_VALUE));
            this.engines = engines;
        }

        Spare<Mac> of(Hash hash) {
            return spares.computeIfAbsent(hash, h -> new Spare<>(() -> initialised(h)));
        }

        private Mac initialised(Hash hash) {
            return EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC cannot start", () -> {
                Mac mac = engines.mac(hash.hmacName());
                mac.init(secret);
                return mac;
            });
        }
    }

    /** A running MAC, to make or to compare. */
    private final class Running implements Signer, Verifier {
        private final Spare<Mac> spare;
        private final Mac mac;
        private final int length;

        Running(HsmObject key, Row row, int length) {
            Checks.key(
                    key, Cko.CKO_SECRET_KEY, key.keyType() == row.ownKeyType ? row.ownKeyType : Ckk.CKK_GENERIC_SECRET);
            this.spare = key.prepared(Macs.class, k -> new Macs(k, engines)).of(row.hash);
            this.mac = spare.take();
            this.length = length;
        }

        @Override
        public void update(byte[] data, int offset, int count) {
            mac.update(data, offset, count);
        }

        @Override
        public byte[] sign() {
            byte[] whole = mac.doFinal();
            spare.giveBack(mac);
            return length == whole.length ? whole : Arrays.copyOf(whole, length);
        }

        @Override
        public void verify(byte[] signature) {
            byte[] expected = sign();
            if (signature.length != length) {
                throw Fault.SIGNATURE_LEN_RANGE.because("a MAC of " + signature.length + " bytes");
            }
            if (!MessageDigest.isEqual(expected, signature)) {
                throw Fault.SIGNATURE_INVALID.because("the MAC is another");
            }
        }

        @Override
        public int signatureLength() {
            return length;
        }
    }
}
