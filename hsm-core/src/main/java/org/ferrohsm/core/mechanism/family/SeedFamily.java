// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.KeyCodec;
import org.ferrohsm.core.mechanism.Mechanism;
import org.ferrohsm.core.mechanism.MechanismFamily;

/** SEED (RFC 4269; PKCS#11 3.2 sections 6.33 and 6.34). */
final class SeedFamily implements MechanismFamily {
    private final BlockRows rows;

    SeedFamily(Engines engines) {
        this.rows = new BlockRows(BlockCipher.SEED, engines);
    }

    @Override
    public List<Mechanism> mechanisms() {
        return List.of(
                rows.keyGeneration(Ckm.CKM_SEED_KEY_GEN, SecretKeyType.SEED),
                rows.ecb(Ckm.CKM_SEED_ECB),
                rows.withIv(Ckm.CKM_SEED_CBC, BlockMode.CBC),
                rows.withIv(Ckm.CKM_SEED_CBC_PAD, BlockMode.CBC_PAD),
                rows.mac(Ckm.CKM_SEED_MAC, ChainedMac.Kind.CBC_MAC, 8),
                rows.generalMac(Ckm.CKM_SEED_MAC_GENERAL, ChainedMac.Kind.CBC_MAC),
                rows.ecbData(Ckm.CKM_SEED_ECB_ENCRYPT_DATA),
                rows.cbcData(Ckm.CKM_SEED_CBC_ENCRYPT_DATA));
    }

    @Override
    public List<KeyCodec> codecs() {
        return List.of(rows.codec(SecretKeyType.SEED));
    }
}
