// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

/** Who holds a PIN of a token (PKCS#11 3.2 section 5.6.8, CKU_SO and CKU_USER). */
public enum Role {
    SO,
    USER
}
