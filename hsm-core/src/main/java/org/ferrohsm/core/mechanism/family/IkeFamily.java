// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Arrays;
import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.Ike1PrfParameters;
import org.ferrohsm.core.mechanism.parameter.IkeExpansionParameters;
import org.ferrohsm.core.mechanism.parameter.IkePrfParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Keys of IPsec (PKCS#11 3.2 section 6.68; RFC 2409, RFC 7296). */
final class IkeFamily implements MechanismFamily {
    private static final int MAX_BLOCKS = 255;
    private static final byte[] NOTHING = new byte[0];

    private final Engines engines;

    IkeFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_IKE_PRF_DERIVE)
                        .parameters(IkePrfParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            byte[] key = first(base, Checks.parameters(IkePrfParameters.class, parameters));
                            requireWhole(template, key);
                            return DerivedKey.cut(template, keyType, key);
                        })
                        .build(),
                row(Ckm.CKM_IKE1_PRF_DERIVE)
                        .parameters(Ike1PrfParameters.class)
                        .derives((base, template, keyType, parameters) -> DerivedKey.cut(
                                template, keyType, next(base, Checks.parameters(Ike1PrfParameters.class, parameters))))
                        .build(),
                row(Ckm.CKM_IKE2_PRF_PLUS_DERIVE)
                        .parameters(IkeExpansionParameters.class)
                        .derives((base, template, keyType, parameters) -> {
                            IkeExpansionParameters given = Checks.parameters(IkeExpansionParameters.class, parameters);
                            int length = length(template, keyType, given);
                            return DerivedKey.cut(template, keyType, expanded(base, given, true, length));
                        })
                        .build(),
                row(Ckm.CKM_IKE1_EXTENDED_DERIVE)
                        .keepsProtection()
                        .parameters(IkeExpansionParameters.class)
                        .derives((base, template, keyType, parameters) -> extended(
                                base, template, keyType, Checks.parameters(IkeExpansionParameters.class, parameters)))
                        .build());
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private static Mechanism.Builder row(long type) {
        return Mechanism.row(type, Mechanism.ANY_KEY_TYPE);
    }

    private byte[] first(HsmObject base, IkePrfParameters given) {
        if (given.dataAsKey() && given.rekey()) {
            throw Fault.ARGUMENTS_BAD.because("data as the key, and a new key");
        }
        if (given.rekey() && given.keys().isEmpty()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no new key");
        }
        Prf prf = Prf.of(given.prf(), engines);
        byte[] nonces = Bytes.joined(given.initiator(), given.responder());
        if (given.dataAsKey()) {
            try (SecretBytes key = SecretBytes.adopt(nonces)) {
                return Checks.secretValue(base).use(value -> Prf.run(prf.under(key), value));
            }
        }
        MacFunction function = prf.under(base);
        return given.rekey()
                ? Checks.secretValue(given.keys().get(0)).use(secret -> Prf.run(function, secret, nonces))
                : Prf.run(function, nonces);
    }

    private static void requireWhole(Template template, byte[] key) {
        if (template.contains(Cka.CKA_VALUE_LEN) && Checks.number(template, Cka.CKA_VALUE_LEN) != key.length) {
            throw Fault.KEY_SIZE_RANGE.because("the key has as many bytes as the function gives");
        }
    }

    private byte[] next(HsmObject base, Ike1PrfParameters given) {
        if (given.keys().size() != given.keyHandles().size()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("keys are missing");
        }
        MacFunction function = Prf.of(given.prf(), engines).under(base);
        if (given.hasPrevious()) {
            function.update(Checks.secretValue(given.keys().get(1)));
        }
        function.update(Checks.secretValue(given.keys().get(0)));
        return Prf.run(function, given.initiator(), given.responder(), new byte[] {given.number()});
    }

    private int length(Template template, long keyType, IkeExpansionParameters given) {
        int block = Prf.of(given.prf(), engines).length();
        Checks.number(template, Cka.CKA_VALUE_LEN);
        int length = DerivedKey.length(template, keyType, block);
        if (length > MAX_BLOCKS * block) {
            throw Fault.KEY_SIZE_RANGE.because("more bytes than the expansion gives");
        }
        return length;
    }

    /** A key that one block covers is the base key's beginning (RFC 2409 appendix B). */
    private NewKey extended(HsmObject base, Template template, long keyType, IkeExpansionParameters given) {
        int length = length(template, keyType, given);
        boolean cut = length <= Prf.of(given.prf(), engines).length() && !given.hasKey();
        return DerivedKey.cut(
                template,
                keyType,
                cut ? Checks.secretValue(base).use(byte[]::clone) : expanded(base, given, false, length));
    }

    /** Blocks that each follow from the one before; {@code counted} if each has its number in it. */
    private byte[] expanded(HsmObject base, IkeExpansionParameters given, boolean counted, int length) {
        if (given.hasKey() && given.keys().isEmpty()) {
            throw Fault.MECHANISM_PARAM_INVALID.because("no key");
        }
        byte[] seed = given.hasKey()
                ? Checks.secretValue(given.keys().get(0)).use(key -> Bytes.joined(key, given.data()))
                : given.data().clone();
        if (seed.length == 0 && !counted) {
            seed = new byte[1];
        }
        boolean lone = !counted && !given.hasKey() && given.data().length == 0;
        Prf prf = Prf.of(given.prf(), engines);
        MacFunction function = prf.under(base);
        byte[] output = new byte[length];
        byte[] block = NOTHING;
        for (int at = 0, number = 1; at < length; at += prf.length(), number++) {
            byte[] tail = counted ? new byte[] {(byte) number} : NOTHING;
            block = Prf.run(function, block, lone && number > 1 ? NOTHING : seed, tail);
            System.arraycopy(block, 0, output, at, Math.min(block.length, length - at));
        }
        Arrays.fill(seed, (byte) 0);
        return output;
    }
}
