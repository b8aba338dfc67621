// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

/** How an object comes to be; the footnotes of the attribute tables depend on it (PKCS#11 3.2 section 4, table 11). */
public enum Origin {
    /** C_CreateObject. */
    CREATE,
    /** C_GenerateKey, C_GenerateKeyPair. */
    GENERATE,
    /** C_UnwrapKey. */
    UNWRAP,
    /** C_DeriveKey. */
    DERIVE
}
