// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.NewKey;
import org.ferrohsm.core.secret.SecretBytes;

/** Rows that make random secret keys. */
final class SecretKeyMaker {
    private final Engines engines;

    SecretKeyMaker(Engines engines) {
        this.engines = engines;
    }

    /** A row {@code mechanism} that makes keys of {@code type}; its sizes are in bytes. */
    Mechanism.Builder row(long mechanism, SecretKeyType type) {
        return Mechanism.row(mechanism, type.number())
                .keySizes(type.min(), type.max())
                .makesKeys((template, parameters) -> {
                    Checks.noParameters(parameters);
                    return make(type, template);
                });
    }

    private NewKey make(SecretKeyType type, Template template) {
        AttributeValue given = template.get(Cka.CKA_VALUE_LEN);
        long length = given == null && type.hasOneLength() ? type.max() : Checks.number(template, Cka.CKA_VALUE_LEN);
        if (!type.isLength(length)) {
            throw Fault.KEY_SIZE_RANGE.because("a key of " + length + " bytes");
        }
        SecretBytes value = SecretBytes.random((int) length, engines.random());
        return SecretKeyCodec.newKey(type.hasParity() ? DesParity.adjusted(value) : value);
    }
}
