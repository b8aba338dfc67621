// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** ARIA (RFC 5794; PKCS#11 3.2 sections 6.31 and 6.32). */
final class AriaFamily implements MechanismFamily {
    private final BlockRows rows;

    AriaFamily(Engines engines) {
        this.rows = new BlockRows(BlockCipher.ARIA, engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                rows.keyGeneration(Ckm.CKM_ARIA_KEY_GEN, SecretKeyType.ARIA),
                rows.ecb(Ckm.CKM_ARIA_ECB),
                rows.withIv(Ckm.CKM_ARIA_CBC, BlockMode.CBC),
                rows.withIv(Ckm.CKM_ARIA_CBC_PAD, BlockMode.CBC_PAD),
                rows.mac(Ckm.CKM_ARIA_MAC, ChainedMac.Kind.CBC_MAC, 8),
                rows.generalMac(Ckm.CKM_ARIA_MAC_GENERAL, ChainedMac.Kind.CBC_MAC),
                rows.ecbData(Ckm.CKM_ARIA_ECB_ENCRYPT_DATA),
                rows.cbcData(Ckm.CKM_ARIA_CBC_ENCRYPT_DATA));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(rows.codec(SecretKeyType.ARIA));
    }
}
