// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.AttributeValue;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.ck.Ckp;

/**
 * Objects that every token has and nobody changes: the profiles of PKCS#11 Profiles 3.2 whose conformance cases pass
 * (PKCS#11 3.2 section 4.13), and one for each mechanism (section 4.12).
 */
public final class BuiltIns {
    private static final long NAMESPACE = 0x466572726f48534dL;
    private static final long MECHANISMS = 0x466572726f4d6563L;

    private static final List<Long> PROFILES = List.of(
            Ckp.CKP_BASELINE_PROVIDER,
            Ckp.CKP_EXTENDED_PROVIDER,
            Ckp.CKP_AUTHENTICATION_TOKEN,
            Ckp.CKP_PUBLIC_CERTIFICATES_TOKEN);

    private final List<HsmObject> objects =
            PROFILES.stream().map(BuiltIns::profile).toList();

    /** Those that every search sees: the profiles. */
    public List<HsmObject> objects() {
        return objects;
    }

    /** The object of a mechanism, which only a search for its class sees. */
    public static HsmObject mechanism(long type) {
        return object(new UUID(MECHANISMS, type), Cko.CKO_MECHANISM, Cka.CKA_MECHANISM_TYPE, type);
    }

    /** The built-in object with an identity, if there is one. */
    public Optional<HsmObject> find(UUID id) {
        return id.getMostSignificantBits() == MECHANISMS
                ? Optional.of(mechanism(id.getLeastSignificantBits()))
                : objects.stream().filter(object -> object.id().equals(id)).findFirst();
    }

    private static HsmObject profile(long profile) {
        return object(new UUID(NAMESPACE, profile), Cko.CKO_PROFILE, Cka.CKA_PROFILE_ID, profile);
    }

    private static HsmObject object(UUID id, long objectClass, long attribute, long value) {
        AttributeSet attributes = AttributeSet.builder()
                .put(Cka.CKA_CLASS, objectClass)
                .put(Cka.CKA_TOKEN, true)
                .put(Cka.CKA_PRIVATE, false)
                .put(Cka.CKA_MODIFIABLE, false)
                .put(Cka.CKA_COPYABLE, false)
                .put(Cka.CKA_DESTROYABLE, false)
                .put(Cka.CKA_LABEL, AttributeValue.empty())
                .put(Cka.CKA_UNIQUE_ID, AttributeValue.of(id.toString()))
                .put(attribute, value)
                .build();
        return new HsmObject(id, 1, attributes, SecretAttributes.none());
    }
}
