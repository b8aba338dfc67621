// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.macs.HMac;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.object.HsmObject;
import org.ferrohsm.core.secret.SecretBytes;

/** The engine's form of a key for HMACs: initialised MACs, per digest. */
final class HmacKey {
    private final Map<DigestAlgorithm, Spare<MacFunction>> spares = new ConcurrentHashMap<>();
    private final SecretBytes value;
    private final Engines engines;

    private HmacKey(SecretBytes value, Engines engines) {
        this.value = value;
        this.engines = engines;
    }

    static HmacKey of(HsmObject key, Engines engines) {
        return key.prepared(HmacKey.class, k -> new HmacKey(k.secret(Cka.CKA_VALUE), engines));
    }

    Spare<MacFunction> macs(DigestAlgorithm digest) {
        return spares.computeIfAbsent(digest, d -> new Spare<>(() -> initialised(d, value, engines)));
    }

    /** An HMAC under {@code key}, which may be empty. */
    static MacFunction initialised(DigestAlgorithm digest, SecretBytes key, Engines engines) {
        if (digest.hmacName().isEmpty()) {
            return new BouncyCastleMac(new HMac(new Blake2bDigest(8 * digest.length())), key);
        }
        return EngineCall.orFault(Fault.FUNCTION_FAILED, "the MAC cannot start", () -> {
            Mac mac = engines.mac(digest.hmacName());
            /* HMAC fills a short key up with zeros, and the JCA has no empty keys. */
            mac.init(
                    key.length() == 0 ? new LentKey("HMAC", SecretBytes.adopt(new byte[1])) : new LentKey("HMAC", key));
            return new EngineMac(mac);
        });
    }
}
