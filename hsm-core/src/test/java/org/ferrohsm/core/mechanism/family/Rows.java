// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.Digester;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismTable;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.mechanism.Signer;
import org.ferrohsm.core.mechanism.Verifier;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** What the rows of the table do with keys that have no token, each call in one part. */
final class Rows {
    static final MechanismTable TABLE = Families.table(new Engines());

    private Rows() {}

    /** The rows by their names. */
    static Map<String, Mechanism> byName() {
        Map<String, Mechanism> rows = new TreeMap<>();
        TABLE.types().forEach(type -> rows.put(TABLE.require(type).name(), TABLE.require(type)));
        return rows;
    }

    static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] digest(long type, byte[] data) {
        Digester digester =
                Objects.requireNonNull(TABLE.require(type).digester()).open();
        digester.update(data, 0, data.length);
        return digester.digest();
    }

    static byte[] sign(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        Signer signer = Objects.requireNonNull(TABLE.require(type).signer()).open(key, parameters);
        signer.update(data, 0, data.length);
        return signer.sign();
    }

    /** SIGNATURE_INVALID or SIGNATURE_LEN_RANGE. */
    static void verify(long type, HsmObject key, MechanismParameters parameters, byte[] data, byte[] signature) {
        Verifier verifier =
                Objects.requireNonNull(TABLE.require(type).verifier()).open(key, parameters);
        verifier.update(data, 0, data.length);
        verifier.verify(signature);
    }

    static byte[] encrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return whole(TABLE.require(type).encryptor(), key, parameters, data);
    }

    static byte[] decrypt(long type, HsmObject key, MechanismParameters parameters, byte[] data) {
        return whole(TABLE.require(type).decryptor(), key, parameters, data);
    }

    static byte[] whole(
            Mechanism.@org.jspecify.annotations.Nullable CipherFactory factory,
            HsmObject key,
            MechanismParameters parameters,
            byte[] data) {
        return Objects.requireNonNull(factory).open(key, parameters).finish(data, 0, data.length);
    }

    static byte[] derive(long type, HsmObject key, Template template, long keyType, MechanismParameters parameters) {
        Mechanism row = TABLE.require(type);
        Mechanism.KeyDeriver single = row.deriver();
        if (single != null) {
            return value(single.derive(key, template, keyType, parameters));
        }
        var deriver = Objects.requireNonNull(row.setDeriver());
        var wishes = deriver.wishes(key, template, keyType, parameters);
        return value(deriver.derive(key, wishes, parameters).keys().get(0));
    }

    static byte[] wrap(long type, HsmObject key, byte[] value, MechanismParameters parameters) {
        try (SecretBytes serialised = SecretBytes.copyOf(value)) {
            return Objects.requireNonNull(TABLE.require(type).wrapper()).wrap(key, serialised, parameters);
        }
    }

    static byte[] unwrap(long type, HsmObject key, byte[] wrapped, MechanismParameters parameters) {
        try (SecretBytes value =
                Objects.requireNonNull(TABLE.require(type).wrapper()).unwrap(key, wrapped, parameters)) {
            return value.use(byte[]::clone);
        }
    }

    static byte[] value(NewKey key) {
        return Objects.requireNonNull(key.secrets().get(Cka.CKA_VALUE)).use(byte[]::clone);
    }

    /** A template of a length alone. */
    static Template length(long bytes) {
        return Template.builder().put(Cka.CKA_VALUE_LEN, bytes).build();
    }
}
