// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.List;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;

/**
 * Objects that every token has and nobody changes: the profiles of PKCS#11 Profiles 3.2 whose conformance cases pass
 * (PKCS#11 3.2 section 4.13).
 */
public final class BuiltIns {
    private static final long NAMESPACE = 0x466572726f48534dL;

    private static final List<Long> PROFILES = List.of(
            Ckp.CKP_BASELINE_PROVIDER,
            Ckp.CKP_EXTENDED_PROVIDER,
            Ckp.CKP_AUTHENTICATION_TOKEN,
            Ckp.CKP_PUBLIC_CERTIFICATES_TOKEN);

    private final List<HsmObject> objects =
            PROFILES.stream().map(BuiltIns::profile).toList();

    /** All of them. */
    public List<HsmObject> objects() {
        return objects;
    }

    private static HsmObject profile(long profile) {
        UUID id = new UUID(NAMESPACE, profile);
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_CLASS, Cko.CKO_PROFILE)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_PRIVATE, false)
                .put(Cka.CKA_MODIFIABLE, false)
                .put(Cka.CKA_COPYABLE, false)
                .put(Cka.CKA_DESTROYABLE, false)
                .put(Cka.CKA_LABEL, AttributeValue.empty())
                .put(Cka.CKA_UNIQUE_ID, AttributeValue.of(id.toString()))
                .put(Cka.CKA_PROFILE_ID, profile)
                .build();
        return new HsmObject(id, 1, attributes, SecretAttributes.none());
    }
}
