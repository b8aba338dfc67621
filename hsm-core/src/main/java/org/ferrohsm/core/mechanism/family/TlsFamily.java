// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.WholeSigner;
import org.ferrohsm.core.mechanism.WholeVerifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.mechanism.parameter.TlsDerivationParameters;
import org.ferrohsm.core.mechanism.parameter.TlsExtendedParameters;
import org.ferrohsm.core.mechanism.parameter.TlsMacParameters;
import org.ferrohsm.core.object.HsmObject;

/** Master secrets, exporters and the MACs of "finished" in TLS 1.0 to 1.2 (PKCS#11 3.2 sections 6.39 and 6.40). */
final class TlsFamily implements MechanismFamily {
    /** In bytes. */
    private static final int MASTER = 48;

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
                master(Ckm.CKM_TLS12_MASTER_KEY_DERIVE_DH, false),
                master(Ckm.CKM_TLS_MASTER_KEY_DERIVE_DH, true),
                row(Ckm.CKM_TLS12_EXTENDED_MASTER_KEY_DERIVE_DH)
                        .parameters(TlsExtendedParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            TlsExtendedParameters given = Checks.parameters(TlsExtendedParameters.class, parameters);
                            byte[] seed = given.sessionHash();
                            TlsPrf prf = new TlsPrf(given.prf(), engines);
                            return master(template, keyType, prf.run(base, "extended master secret", MASTER, seed));
                        })
                        .build(),
                exporter(Ckm.CKM_TLS_KDF),
                exporter(Ckm.CKM_TLS12_KDF),
                mac(Ckm.CKM_TLS_MAC),
                mac(Ckm.CKM_TLS12_MAC));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Ckk.CKK_GENERIC_SECRET)
                .keySizes(SecretKeyType.GENERIC.min(), SecretKeyType.GENERIC.max());
    }

    /** {@code old}: by the function of TLS 1.0, which is there for old data alone. */
    private Mechanism master(long type, boolean old) {
        return row(type)
                .legacy(old)
                .parameters(TlsDerivationParameters.class)
                .derives((base, template, keyType, parameters) -> {
                    TlsDerivationParameters given = Checks.parameters(TlsDerivationParameters.class, parameters);
                    TlsPrf prf = new TlsPrf(old ? Ckm.CKM_TLS_PRF : given.prf(), engines);
                    byte[] secret = prf.run(base, "master secret", MASTER, given.client(), given.server());
                    return master(template, keyType, secret);
                })
                .build();
    }

    private static NewKey master(Template template, long keyType, byte[] secret) {
        if (keyType != Ckk.CKK_GENERIC_SECRET
                || (template.contains(Cka.CKA_VALUE_LEN) && Checks.number(template, Cka.CKA_VALUE_LEN) != MASTER)) {
            Arrays.fill(secret, (byte) 0);
            throw Fault.TEMPLATE_INCONSISTENT.because("a master secret is a generic secret of 48 bytes");
        }
        return DerivedKey.cut(template, keyType, secret);
    }

    /** RFC 5705; keeps the protection of its base key as the specification has it. */
    private Mechanism exporter(long type) {
        return row(type)
                .keepsProtection()
                .parameters(TlsDerivationParameters.class)
                .derives((base, template, keyType, parameters) -> {
                    TlsDerivationParameters given = Checks.parameters(TlsDerivationParameters.class, parameters);
                    int length = DerivedKey.length(template, keyType, MASTER);
                    int context = given.context().length;
                    byte[] prefix = context == 0 ? NOTHING : new byte[] {(byte) (context >> 8), (byte) context};
                    TlsPrf prf = new TlsPrf(given.prf(), engines);
                    byte[] output = prf.run(
                            base, given.label(), length, given.client(), given.server(), prefix, given.context());
                    return DerivedKey.cut(template, keyType, output);
                })
                .build();
    }

    private Mechanism mac(long type) {
        return row(type)
                .parameters(TlsMacParameters.class)
                .signs((key, parameters) -> {
                    TlsMacParameters given = checked(parameters);
                    return new WholeSigner(MAX_HANDSHAKE, (int) given.bytes(), data -> finished(key, given, data));
                })
                .verifies((key, parameters) -> {
                    TlsMacParameters given = checked(parameters);
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

    private TlsMacParameters checked(MechanismParameters parameters) {
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
