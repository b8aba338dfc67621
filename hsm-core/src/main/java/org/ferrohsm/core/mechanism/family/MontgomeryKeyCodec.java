// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import org.ferrohsm.core.ck.Ckk;

/** Keys of CKK_EC_MONTGOMERY (RFC 7748). */
final class MontgomeryKeyCodec extends OctetKeyCodec<MontgomeryCurve> {
    MontgomeryKeyCodec() {
        super(Ckk.CKK_EC_MONTGOMERY, MontgomeryCurve.ALL);
    }
}
