// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.TlsKeyParameters;
import org.ferrohsm.core.mechanism.parameter.TlsPrfParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The keys of a connection of TLS 1.0 to 1.2, and the pseudorandom function itself (PKCS#11 3.2 sections 6.39 and 6.40). */
final class TlsKeysFamily implements MechanismFamily {
    /** MD5, SHA-1, SHA-256 and SHA-384; none for an authenticated cipher. */
    private static final Set<Long> MAC_BITS = Set.of(0L, 128L, 160L, 256L, 384L);

    /** A block of AES. */
    private static final int MAX_IV_BITS = 128;

    private static final int MAX_OUTPUT = 4096;

    /** What the template says of the keys alone, or a MAC secret has of its own. */
    private static final Set<Long> NOT_OF_MACS = Set.of(
            Cka.CKA_KEY_TYPE,
            Cka.CKA_VALUE_LEN,
            Cka.CKA_ENCRYPT,
            Cka.CKA_DECRYPT,
            Cka.CKA_WRAP,
            Cka.CKA_UNWRAP,
            Cka.CKA_DERIVE,
            Cka.CKA_SIGN,
            Cka.CKA_VERIFY);

    private final Engines engines;

    TlsKeysFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                keys(Ckm.CKM_TLS_KEY_AND_MAC_DERIVE, true).legacy().build(),
                keys(Ckm.CKM_TLS12_KEY_AND_MAC_DERIVE, true).build(),
                keys(Ckm.CKM_TLS12_KEY_SAFE_DERIVE, false).build(),
                TlsRows.row(Ckm.CKM_TLS_PRF)
                        .legacy()
                        .parameters(TlsPrfParameters.class)
                        .derivesSet(new Function())
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism.Builder keys(long type, boolean ivs) {
        return TlsRows.row(type)
                .keySizes(TlsRows.MASTER, TlsRows.MASTER)
                .keepsProtection()
                .parameters(TlsKeyParameters.class)
                .derivesSet(new KeyBlock(ivs));
    }

    private static TlsKeyParameters checked(HsmObject base, MechanismParameters parameters) {
        TlsKeyParameters given = Checks.parameters(TlsKeyParameters.class, parameters);
        if (!MAC_BITS.contains(given.macBits())
                || given.ivBits() < 0
                || given.ivBits() > MAX_IV_BITS
                || given.ivBits() % 8 != 0
                || given.keyBits() < 0
                || given.keyBits() > 8L * SecretKeyType.GENERIC.max()
                || given.keyBits() % 8 != 0) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no cipher suite has such lengths");
        }
        if (given.export()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("the cipher suites for export are too weak");
        }
        TlsRows.requireMaster(base);
        return given;
    }

    /** The parts of the key block (RFC 5246 section 6.3), in its order. */
    private final class KeyBlock implements KeySetDeriver {
        private final boolean ivs;

        KeyBlock(boolean ivs) {
            this.ivs = ivs;
        }

        /** Secrets for MACs, if the suite has any, then keys; all of them as sensitive and extractable as the base key. */
        @Override
        public List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
            TlsKeyParameters given = checked(base, parameters);
            int length = (int) given.keyBits() / 8;
            AttributeValue asked = template.get(Cka.CKA_VALUE_LEN);
            Template keys = inheriting(base, template);
            Template sized =
                    keys.toBuilder().put(Cka.CKA_VALUE_LEN, (long) length).build();
            if (DerivedKey.length(sized, keyType, length) != length || (asked != null && asked.asLong() != length)) {
                throw Fault.TEMPLATE_INCONSISTENT.because("a key of another length than the parameter says");
            }
            List<Wish> wishes = new ArrayList<>();
            if (given.macBits() > 0) {
                Template secrets = ofMacs(keys);
                wishes.add(new Wish(secrets, Ckk.CKK_GENERIC_SECRET));
                wishes.add(new Wish(secrets, Ckk.CKK_GENERIC_SECRET));
            }
            wishes.add(new Wish(keys, keyType));
            wishes.add(new Wish(keys, keyType));
            return wishes;
        }

        private static Template inheriting(HsmObject base, Template template) {
            Template.Builder whole = template.toBuilder();
            for (long flag : new long[] {Cka.CKA_SENSITIVE, Cka.CKA_EXTRACTABLE}) {
                boolean inherited = base.attributes().flag(flag);
                AttributeValue asked = template.get(flag);
                if (asked != null && asked.asBoolean() != inherited) {
                    throw Fault.TEMPLATE_INCONSISTENT.because(Cka.name(flag) + " is that of the base key");
                }
                whole.put(flag, inherited);
            }
            return whole.build();
        }

        private static Template ofMacs(Template keys) {
            Template.Builder secrets = Template.builder();
            keys.types().stream()
                    .filter(type -> !NOT_OF_MACS.contains(type))
                    .forEach(type -> secrets.put(type, Objects.requireNonNull(keys.get(type))));
            return secrets.put(Cka.CKA_KEY_TYPE, Ckk.CKK_GENERIC_SECRET)
                    .put(Cka.CKA_SIGN, true)
                    .put(Cka.CKA_VERIFY, true)
                    .build();
        }

        @Override
        public DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters) {
            TlsKeyParameters given = checked(base, parameters);
            int mac = (int) given.macBits() / 8;
            int key = (int) given.keyBits() / 8;
            int iv = ivs ? (int) given.ivBits() / 8 : 0;
            byte[] block = new TlsPrf(given.prf(), engines)
                    .run(base, "key expansion", 2 * (mac + key + iv), given.server(), given.client());
            List<NewKey> keys = new ArrayList<>();
            int at = 0;
            for (int i = 0; i < wishes.size(); i++) {
                int length = i < wishes.size() - 2 ? mac : key;
                byte[] part = Arrays.copyOfRange(block, at, at + length);
                keys.add(DerivedKey.of(wishes.get(i).keyType(), SecretBytes.adopt(part)));
                at += length;
            }
            byte[] client = Arrays.copyOfRange(block, at, at + iv);
            byte[] server = Arrays.copyOfRange(block, at + iv, at + 2 * iv);
            Arrays.fill(block, (byte) 0);
            return new DerivedKeys(keys, List.of(client, server));
        }

        @Override
        public boolean returnsHandle() {
            return false;
        }

        /** Four, of which the secrets for MACs may not be there. */
        @Override
        public long[] places(long[] handles) {
            return handles.length == 4 ? handles : new long[] {0, 0, handles[0], handles[1]};
        }
    }

    /** No key but the bytes themselves, in a parameter of their own. */
    private final class Function implements KeySetDeriver {
        @Override
        public List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
            return List.of();
        }

        @Override
        public DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters) {
            TlsPrfParameters given = Checks.parameters(TlsPrfParameters.class, parameters);
            if (given.length() < 1 || given.length() > MAX_OUTPUT) {
                throw Fault.MECHANISM_PARAM_INVALID.because(given.length() + " bytes");
            }
            TlsPrf prf = new TlsPrf(Ckm.CKM_TLS_PRF, engines);
            return new DerivedKeys(
                    List.of(), List.of(prf.run(base, given.label(), (int) given.length(), given.seed())));
        }

        @Override
        public boolean returnsHandle() {
            return false;
        }
    }
}
