// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

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
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.KeySetDeriver;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.parameter.KbkdfParameters;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/** Key derivation by a pseudorandom function (NIST SP 800-108, PKCS#11 3.2 section 6.42), of one key or several. */
final class KbkdfFamily implements MechanismFamily {
    private final Engines engines;

    KbkdfFamily(Engines engines) {
        this.engines = engines;
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                row(Ckm.CKM_SP800_108_COUNTER_KDF, Kbkdf.Mode.COUNTER),
                row(Ckm.CKM_SP800_108_FEEDBACK_KDF, Kbkdf.Mode.FEEDBACK),
                row(Ckm.CKM_SP800_108_DOUBLE_PIPELINE_KDF, Kbkdf.Mode.DOUBLE_PIPELINE));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of();
    }

    private Mechanism row(long type, Kbkdf.Mode mode) {
        return Mechanism.row(type, Mechanism.ANY_KEY_TYPE)
                .parameters(KbkdfParameters.class)
                .derivesSet(new Deriver(mode))
                .build();
    }

    private final class Deriver implements KeySetDeriver {
        private final Kbkdf.Mode mode;

        Deriver(Kbkdf.Mode mode) {
            this.mode = mode;
        }

        @Override
        public List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters) {
            List<Wish> wishes = new ArrayList<>();
            wishes.add(new Wish(template, keyType));
            for (Template additional :
                    Checks.parameters(KbkdfParameters.class, parameters).additional()) {
                AttributeValue type = additional.get(Cka.CKA_KEY_TYPE);
                wishes.add(new Wish(additional, type == null ? Ckk.CKK_GENERIC_SECRET : type.asLong()));
            }
            return wishes;
        }

        /** No two keys share a block of the function's output ("Deriving Additional Keys"). */
        @Override
        public DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters) {
            KbkdfParameters kbkdf = Checks.parameters(KbkdfParameters.class, parameters);
            Prf prf = Prf.of(kbkdf.prf(), engines);
            int block = prf.length();
            long bytes = 0;
            long blocks = 0;
            int[] lengths = new int[wishes.size()];
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = DerivedKey.length(
                        wishes.get(i).template(), wishes.get(i).keyType(), block);
                bytes += lengths[i];
                blocks += (lengths[i] + block - 1) / block;
            }
            if (blocks * block > Integer.MAX_VALUE / 8) {
                throw Fault.KEY_SIZE_RANGE.because("too many bytes at once");
            }
            byte[] output = new Kbkdf(mode, prf, kbkdf, 8 * bytes, 8 * blocks * block).run(base, (int) blocks);
            List<NewKey> keys = new ArrayList<>();
            int at = 0;
            for (int i = 0; i < lengths.length; i++) {
                byte[] material = Arrays.copyOfRange(output, at, at + lengths[i]);
                keys.add(DerivedKey.cut(wishes.get(i).template(), wishes.get(i).keyType(), material));
                at += (lengths[i] + block - 1) / block * block;
            }
            Arrays.fill(output, (byte) 0);
            return new DerivedKeys(keys, List.of());
        }

        @Override
        public boolean returnsHandle() {
            return true;
        }
    }
}
