// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Objects;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** Calls of a mechanism as Wycheproof's tests need them. */
record WycheproofCalls(MechanismTable table) {
    HsmObject key(long objectClass, long keyType, AttributeSet.Builder attributes) {
        return VectorRunner.bringIn(table, objectClass, keyType, attributes.build());
    }

    byte[] verify(long type, HsmObject key, MechanismParameters parameters, byte[] data, byte[] signature) {
        Verifier verifier =
                Objects.requireNonNull(row(type, parameters).verifier()).open(key, parameters);
        verifier.update(data, 0, data.length);
        verifier.verify(signature);
        return signature;
    }

    byte[] sign(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        Signer signer = Objects.requireNonNull(row(type, parameters).signer()).open(key, parameters);
        signer.update(data, 0, data.length);
        return signer.sign();
    }

    byte[] encrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return Objects.requireNonNull(row(type, parameters).encryptor())
                .open(key, parameters)
                .finish(data, 0, data.length);
    }

    byte[] decrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return Objects.requireNonNull(row(type, parameters).decryptor())
                .open(key, parameters)
                .finish(data, 0, data.length);
    }

    byte[] wrap(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        try (SecretBytes serialised = SecretBytes.copyOf(data)) {
            return Objects.requireNonNull(row(type, parameters).wrapper()).wrap(key, serialised, parameters);
        }
    }

    byte[] unwrap(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        try (SecretBytes unwrapped =
                Objects.requireNonNull(row(type, parameters).wrapper()).unwrap(key, data, parameters)) {
            return unwrapped.use(byte[]::clone);
        }
    }

    byte[] derive(long type, HsmObject key, MechanismParameters parameters) {
        return value(Objects.requireNonNull(row(type, parameters).deriver())
                .derive(key, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters));
    }

    byte[] decapsulate(long type, HsmObject key, MechanismParameters parameters, byte[] ciphertext) {
        return value(Objects.requireNonNull(row(type, parameters).encapsulator())
                .decapsulate(key, ciphertext, Template.EMPTY, Ckk.CKK_GENERIC_SECRET, parameters));
    }

    private Mechanism row(long type, MechanismParameters parameters) {
        Mechanism mechanism = table.require(type);
        mechanism.checkParameters(parameters);
        return mechanism;
    }

    private static byte[] value(NewKey key) {
        return Objects.requireNonNull(key.secrets().get(Cka.CKA_VALUE)).use(byte[]::clone);
    }
}
