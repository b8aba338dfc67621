// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.object;

/** What an attribute table says about one attribute beside its type (PKCS#11 3.2 section 4, footnotes of table 11). */
public enum Note {
    /** Footnote 1: C_CreateObject must give it. */
    CREATE_NEEDS,
    /** Footnote 2: C_CreateObject must not give it. */
    CREATE_FORBIDS,
    /** Footnote 3: generation must give it. */
    GENERATE_NEEDS,
    /** Footnote 4: generation must not give it. */
    GENERATE_FORBIDS,
    /** Footnote 6: unwrapping and derivation must not give it. */
    UNWRAP_FORBIDS,
    /** Footnote 7: not shown while CKA_SENSITIVE is true or CKA_EXTRACTABLE false. Kept in SecretBytes. */
    SECRET,
    /** Footnote 8: may be changed later, and in copying. */
    CHANGEABLE,
    /** May be changed in copying alone (section 5.7.2). */
    COPY_CHANGEABLE,
    /** Footnote 10: only the SO sets it to true. */
    SO_SETS,
    /** Footnote 11: once true it stays true. */
    STAYS_TRUE,
    /** Footnote 12: once false it stays false. */
    STAYS_FALSE,
    /** The token alone sets it, whatever the way. */
    TOKEN_SETS
}
