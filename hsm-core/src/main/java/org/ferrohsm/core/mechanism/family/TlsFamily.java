// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.RawParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.object.HsmObject;

/** Master secrets, exporters and the MACs of "finished" in TLS 1.0 to 1.2 (PKCS#11 3.2 sections 6.39 and 6.40). */
final class TlsFamily implements MechanismFamily {
    private static final int VERSION = 2;
    private static final int MIN_MAC = 12;
    private static final int MAX_MAC = 64;
    private static final int MAX_HANDSHAKE = 1024;
    private static final byte[] NOTHING = new byte[0];

    private final Engines engines;

    TlsFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                TlsRows.row(Ckm.CKM_TLS_PRE_MASTER_KEY_GEN)
                        .legacy()
                        .keySizes(TlsRows.MASTER, TlsRows.MASTER)
                        .parameters(RawParameters.class)
                        .makesKeys(this::premaster)
                        .build(),
                fromAgreement(Ckm.CKM_TLS_MASTER_KEY_DERIVE_DH, TlsDerivationParameters.class, this::oldMaster)
                        .legacy()
                        .build(),
                fromAgreement(Ckm.CKM_TLS12_MASTER_KEY_DERIVE_DH, TlsDerivationParameters.class, this::master)
                        .build(),
                fromAgreement(
                                Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH,
                                TlsExtendedParameters.class,
                                this::extendedMaster)
                        .build(),
                fromTransport(Ckm.CKM_TLS_MASTER_KEY_DERIVE, TlsDerivationParameters.class, this::oldMaster),
                fromTransport(Ckm.CKM_TLS12_MASTER_KEY_DERIVE, TlsDerivationParameters.class, this::master),
                fromTransport(
                        Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE, TlsExtendedParameters.class, this::extendedMaster),
                exporter(Ckm.CKM_TLS_KDF),
                exporter(Ckm.CKM_TLS12_KDF),
                mac(TlsRows.row(Ckm.CKM_TLS_MAC).parameters(TlsMacParameters.class), TlsFamily::checked),
                mac(TlsRows.row(Ckm.CKM_TLS12_MAC).parameters(TlsMacParameters.class), TlsFamily::checked),
                mac(
                        TlsRows.row(Ckm.CKM_TLS10_MAC_SERVER).legacy(),
                        none -> new TlsMacParameters(Ckm.CKM_TLS_PRF, MIN_MAC, 1)),
                mac(
                        TlsRows.row(Ckm.CKM_TLS10_MAC_CLIENT).legacy(),
                        none -> new TlsMacParameters(Ckm.CKM_TLS_PRF, MIN_MAC, 2)));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    /** The bytes of a master secret. */
    @FunctionalInterface
    private interface MasterSecret {
        byte[] of(HsmObject base, MechanismParameters parameters);
    }

    private byte[] oldMaster(HsmObject base, MechanismParameters parameters) {
        return master(base, Ckm.CKM_TLS_PRF, Checks.parameters(TlsDerivationParameters.class, parameters));
    }

    private byte[] master(HsmObject base, MechanismParameters parameters) {
        TlsDerivationParameters given = Checks.parameters(TlsDerivationParameters.class, parameters);
        return master(base, given.prf(), given);
    }

    private byte[] master(HsmObject base, long prf, TlsDerivationParameters given) {
        return new TlsPrf(prf, engines).run(base, "master secret", TlsRows.MASTER, given.client(), given.server());
    }

    private byte[] extendedMaster(HsmObject base, MechanismParameters parameters) {
        TlsExtendedParameters given = Checks.parameters(TlsExtendedParameters.class, parameters);
        return new TlsPrf(given.prf(), engines)
                .run(base, "extended master secret", TlsRows.MASTER, given.sessionHash());
    }

    /** From the secret of a Diffie-Hellman. */
    private static Mechanism.Builder fromAgreement(
            long type, Class<? extends MechanismParameters> kind, MasterSecret secret) {
        return TlsRows.row(type)
                .parameters(kind)
                .derives((base, template, keyType, parameters) ->
                        master(template, keyType, secret.of(base, parameters)));
    }

    /**
     * From the secret that the client sent under the server's RSA key, whose first two bytes, the client's version, go back:
     * of any other key they would be a part, so that only tokens for old programs have these rows.
     */
    private static Mechanism fromTransport(long type, Class<? extends MechanismParameters> kind, MasterSecret secret) {
        return TlsRows.row(type)
                .legacy()
                .keySizes(TlsRows.MASTER, TlsRows.MASTER)
                .parameters(kind)
                .derivesSet(new Transported(secret))
                .build();
    }

    private record Transported(MasterSecret secret) implements KeySetDeriver {
        @Override
        public List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
            TlsRows.requireMaster(base);
            return List.of(new Wish(template, keyType));
        }

        @Override
        public DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters) {
            Wish wish = wishes.get(0);
            NewKey key = master(wish.template(), wish.keyType(), secret.of(base, parameters));
            byte[] version = Checks.secretValue(base).use(bytes -> Arrays.copyOf(bytes, VERSION));
            return new DerivedKeys(List.of(key), List.of(version));
        }

        @Override
        public boolean returnsHandle() {
            return true;
        }
    }

    /** KEY_SIZE_RANGE unless the key has the length of a master secret, and of a secret sent under RSA. */
    /** The client's version and random bytes. */
    private NewKey premaster(Template template, MechanismParameters parameters) {
        byte[] version = Checks.parameters(RawParameters.class, parameters).bytes();
        if (version.length != VERSION) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a version of " + version.length + " bytes");
        }
        byte[] secret = new byte[TlsRows.MASTER];
        engines.random().nextBytes(secret);
        System.arraycopy(version, 0, secret, 0, VERSION);
        return master(template, Ckk.CKK_GENERIC_SECRET, secret);
    }

    private static NewKey master(Template template, long keyType, byte[] secret) {
        if (keyType != Ckk.CKK_GENERIC_SECRET
                || (template.contains(Cka.CKA_VALUE_LEN)
                        && Checks.number(template, Cka.CKA_VALUE_LEN) != TlsRows.MASTER)) {
            Arrays.fill(secret, (byte) 0);
            throw Fault.TEMPLATE_INCONSISTENT.because("a master secret is a generic secret of 48 bytes");
        }
        return DerivedKey.cut(template, keyType, secret);
    }

    /** RFC 5705; keeps the protection of its base key as the specification has it. */
    private Mechanism exporter(long type) {
        return TlsRows.row(type)
                .keepsProtection()
                .parameters(TlsDerivationParameters.class)
                .derives((base, template, keyType, parameters) -> {
                    TlsDerivationParameters given = Checks.parameters(TlsDerivationParameters.class, parameters);
                    int length = DerivedKey.length(template, keyType, TlsRows.MASTER);
                    int context = given.context().length;
                    byte[] prefix = context == 0 ? NOTHING : new byte[] {(byte) (context >> 8), (byte) context};
                    TlsPrf prf = new TlsPrf(given.prf(), engines);
                    byte[] output = prf.run(
                            base, given.label(), length, given.client(), given.server(), prefix, given.context());
                    return DerivedKey.cut(template, keyType, output);
                })
                .build();
    }

    private Mechanism mac(Mechanism.Builder row, Function<MechanismParameters, TlsMacParameters> form) {
        return row.signs((key, parameters) -> {
                    TlsMacParameters given = form.apply(parameters);
                    return new WholeSigner(MAX_HANDSHAKE, (int) given.bytes(), data -> finished(key, given, data));
                })
                .verifies((key, parameters) -> {
                    TlsMacParameters given = form.apply(parameters);
                    return new WholeVerifier(MAX_HANDSHAKE, (data, mac) -> {
                        if (mac.length != given.bytes()) {
                            throw Fault.SIGNATURE_LEN_RANGE.because("a MAC of " + mac.length + " bytes");
                        }
                        if (!MessageDigest.isEqual(finished(key, given, data), mac)) {
                            throw Fault.SIGNATURE_INVALID.because("the MAC is another");
                        }
                    });
                })
                .build();
    }

    private static TlsMacParameters checked(MechanismParameters parameters) {
        TlsMacParameters given = Checks.parameters(TlsMacParameters.class, parameters);
        boolean sides = given.side() == 1 || given.side() == 2;
        if (!sides || given.bytes() < MIN_MAC || given.bytes() > MAX_MAC) {
            throw Fault.MECHANISM_PARAM_INVALID.because("a MAC of " + given.bytes() + " bytes");
        }
        return given;
    }

    private byte[] finished(HsmObject key, TlsMacParameters given, byte[] data) {
        String label = given.side() == 1 ? "server finished" : "client finished";
        return new TlsPrf(given.prf(), engines).run(key, label, (int) given.bytes(), data);
    }
}
