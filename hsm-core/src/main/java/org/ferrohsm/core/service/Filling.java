// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

import java.util.Arrays;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.secret.SecretBytes;

/** The zeros with which a mechanism fills up what it wraps (PKCS#11 3.2 section 6.16, CKM_AES_KEY_WRAP). */
final class Filling {
    private Filling() {}

    /**
     * The secret key inside {@code unwrapped}: as many bytes as CKA_VALUE_LEN says, all of them if the template is
     * silent.
     *
     * @param unit what was wrapped is a multiple of so many bytes
     * @throws org.ferrohsm.core.fault.HsmException TEMPLATE_INCONSISTENT for a length that filling does not explain,
     *     WRAPPED_KEY_INVALID for filling other than zeros
     */
    static SecretBytes removed(SecretBytes unwrapped, int unit, Template template) {
        AttributeValue wanted = template.get(Cka.CKA_VALUE_LEN);
        if (wanted == null) {
            return unwrapped.copy();
        }
        long length = wanted.asLong();
        if (length > unwrapped.length() || length <= unwrapped.length() - unit) {
            throw Fault.TEMPLATE_INCONSISTENT.because(
                    "a key of " + length + " bytes where " + unwrapped.length() + " were wrapped");
        }
        return unwrapped.use(bytes -> {
            for (int i = (int) length; i < bytes.length; i++) {
                if (bytes[i] != 0) {
                    throw Fault.WRAPPED_KEY_INVALID.because("filled up with other bytes than zeros");
                }
            }
            return SecretBytes.adopt(Arrays.copyOf(bytes, (int) length));
        });
    }
}
