// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.mechanism.family;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Ckk;
import org.ferrohsm.core.ck.Cko;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.object.HsmObject;

/** The engine's form of an AES key, with ciphers between two uses. */
final class AesKey {
    private final SecretKey secret;
    private final Engines engines;
    private final Map<String, Spare<Cipher>> encryptors = new ConcurrentHashMap<>();
    private final Map<String, Spare<Cipher>> decryptors = new ConcurrentHashMap<>();

    private AesKey(HsmObject key, Engines engines) {
        this.secret = new LentKey("AES", key.secret(Cka.CKA_VALUE));
        this.engines = engines;
    }

    /** KEY_TYPE_INCONSISTENT unless {@code key} is an AES key. */
    static AesKey of(HsmObject key, Engines engines) {
        Checks.key(key, Cko.CKO_SECRET_KEY, Ckk.CKK_AES);
        return key.prepared(AesKey.class, k -> new AesKey(k, engines));
    }

    SecretKey secret() {
        return secret;
    }

    /** Ciphers of one transformation and direction; whoever takes one initialises it. */
    Spare<Cipher> ciphers(String transformation, boolean encrypting) {
        return (encrypting ? encryptors : decryptors)
                .computeIfAbsent(transformation, t -> new Spare<>(() -> engines.cipher(t)));
    }
}
