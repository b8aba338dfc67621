// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.List;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.mechanism.parameter.MechanismParameters;
import org.ferrohsm.core.object.HsmObject;

/**
 * A derivation that makes several keys at once, or gives something back beside its key (PKCS#11 3.2 sections 6.43 and
 * 6.39: additional keys of SP 800-108, the keys, MAC secrets and IVs of a TLS connection).
 */
public interface KeySetDeriver {
    /**
     * One key to be made.
     *
     * @param template what its attributes are resolved from
     * @param keyType CKK_*
     */
    record Wish(Template template, long keyType) {}

    /**
     * What a derivation gives.
     *
     * @param keys one for each wish, in their order
     * @param outputs what goes back in the parameter, in the order of its fields; empty if nothing does
     */
    record DerivedKeys(List<NewKey> keys, List<byte[]> outputs) {}

    /**
     * The keys to be made, before anything is computed. Where the mechanism answers in phKey, the first wish is that key
     * and holds the caller's template.
     *
     * @param keyType CKA_KEY_TYPE of the caller's template, CKK_GENERIC_SECRET if it has none
     */
    List<Wish> wishes(HsmObject base, Template template, long keyType, MechanismParameters parameters);

    /** Derives them, all or none. */
    DerivedKeys derive(HsmObject base, List<Wish> wishes, MechanismParameters parameters);

    /** Whether the first key's handle is what C_DeriveKey returns; otherwise all handles go back in the parameter. */
    boolean returnsHandle();

    /** The keys' handles as the parameter has places for them, 0 in a place whose key was not wanted. */
    default long[] places(long[] handles) {
        return handles;
    }
}
