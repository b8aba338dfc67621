// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** Camellia (RFC 3713; PKCS#11 3.2 sections 6.29 and 6.30). */
final class CamelliaFamily implements MechanismFamily {
    private final BlockRows rows;

    CamelliaFamily(Engines engines) {
        this.rows = new BlockRows(BlockCipher.CAMELLIA, engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                rows.keyGeneration(Ckm.CKM_CAMELLIA_KEY_GEN, SecretKeyType.CAMELLIA),
                rows.ecb(Ckm.CKM_CAMELLIA_ECB),
                rows.withIv(Ckm.CKM_CAMELLIA_CBC, BlockMode.CBC),
                rows.withIv(Ckm.CKM_CAMELLIA_CBC_PAD, BlockMode.CBC_PAD),
                rows.ctr(Ckm.CKM_CAMELLIA_CTR),
                rows.mac(Ckm.CKM_CAMELLIA_MAC, ChainedMac.Kind.CBC_MAC, 8),
                rows.generalMac(Ckm.CKM_CAMELLIA_MAC_GENERAL, ChainedMac.Kind.CBC_MAC),
                rows.ecbData(Ckm.CKM_CAMELLIA_ECB_ENCRYPT_DATA),
                rows.cbcData(Ckm.CKM_CAMELLIA_CBC_ENCRYPT_DATA));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(rows.codec(SecretKeyType.CAMELLIA));
    }
}
