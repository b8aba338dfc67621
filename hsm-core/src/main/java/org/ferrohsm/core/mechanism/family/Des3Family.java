// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** Double- and triple-length DES keys, for old data (PKCS#11 3.2 sections 6.26 to 6.28). */
final class Des3Family implements MechanismFamily {
    private final BlockRows rows;

    Des3Family(Engines engines) {
        this.rows = new BlockRows(BlockCipher.DES3, engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                rows.keyGeneration(Ckm.CKM_DES2_KEY_GEN, SecretKeyType.DES2),
                rows.keyGeneration(Ckm.CKM_DES3_KEY_GEN, SecretKeyType.DES3),
                rows.ecb(Ckm.CKM_DES3_ECB),
                rows.withIv(Ckm.CKM_DES3_CBC, BlockMode.CBC),
                rows.withIv(Ckm.CKM_DES3_CBC_PAD, BlockMode.CBC_PAD),
                rows.mac(Ckm.CKM_DES3_MAC, ChainedMac.Kind.CBC_MAC, 4),
                rows.generalMac(Ckm.CKM_DES3_MAC_GENERAL, ChainedMac.Kind.CBC_MAC),
                rows.mac(Ckm.CKM_DES3_CMAC, ChainedMac.Kind.CMAC, 8),
                rows.generalMac(Ckm.CKM_DES3_CMAC_GENERAL, ChainedMac.Kind.CMAC),
                rows.ecbData(Ckm.CKM_DES3_ECB_ENCRYPT_DATA),
                rows.cbcData(Ckm.CKM_DES3_CBC_ENCRYPT_DATA));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(rows.codec(SecretKeyType.DES2), rows.codec(SecretKeyType.DES3));
    }
}
