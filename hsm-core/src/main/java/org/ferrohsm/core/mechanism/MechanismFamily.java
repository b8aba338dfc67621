// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism;

import java.util.List;

/** Mechanisms that belong together. */
public interface MechanismFamily {
    /** Their rows. */
    List<Mechanism> mechanisms();

    /** Codecs of the key types that the family is at home with; none if another family is. */
    List<KeyCodec> codecs();
}
