// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.List;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.mechanism.MechanismFamily;
import org.ferrohsm.core.mechanism.MechanismTable;

/** Every family there is. */
public final class Families {
    private Families() {}

    /** All mechanisms, with the arithmetic of {@code engines}. Loads no provider and makes no row yet. */
    public static MechanismTable table(Engines engines) {
        return new MechanismTable(() -> all(engines));
    }

    private static List<MechanismFamily> all(Engines engines) {
        return List.of(
                new DigestFamily(engines),
                new HmacFamily(engines),
                new ChaChaFamily(engines),
                new HashDerivationFamily(engines),
                new HkdfFamily(engines),
                new IkeFamily(engines),
                new TlsFamily(engines),
                new TlsKeysFamily(engines),
                new KbkdfFamily(engines),
                new Pbkdf2Family(engines),
                new Pkcs12Family(),
                new SimpleDerivationFamily(),
                new AesFamily(engines),
                new AesCtsFamily(engines),
                new AesXtsFamily(engines),
                new AesWrapFamily(engines),
                new CamelliaFamily(engines),
                new AriaFamily(engines),
                new SeedFamily(engines),
                new Des3Family(engines),
                new RsaFamily(engines),
                new RsaPssFamily(engines),
                new RsaOaepFamily(engines),
                new RsaRawFamily(engines),
                new RsaAesWrapFamily(engines),
                new EcFamily(engines),
                new EcdhFamily(engines),
                new EcdhWrapFamily(engines),
                new MontgomeryFamily(engines),
                new MlDsaFamily(engines),
                new MlKemFamily(engines),
                new SlhDsaFamily(engines),
                new DhFamily(engines),
                new DsaFamily(engines),
                new HashTreeFamily(),
                new EdwardsFamily(engines));
    }
}
