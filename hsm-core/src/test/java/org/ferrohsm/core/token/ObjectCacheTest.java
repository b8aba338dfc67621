// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.token;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.UUID;
import org.ferrohsm.core.attribute.AttributeSet;
import org.ferrohsm.core.attribute.SecretAttributes;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.object.HsmObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {
    @TempDir
    Path folder;

    @Test
    void many_objects_are_not_all_kept_and_the_one_in_use_is() {
        try (SealedStore sealed = SealedStore.inMemory(folder);
                TokenKeys keys = TokenKeys.beforeLogin(sealed.root, SealedStore.TOKEN, Initialisation.FIRST)) {
            sealed.insertTokens();
            ObjectSealer sealer = new ObjectSealer(sealed.random);
            int count = 2 * ObjectCache.LIMIT;
            sealed.store.write(tx -> {
                for (int i = 1; i <= count; i++) {
                    tx.insertObject(sealer.seal(object(i), keys));
                }
                return true;
            });
            ObjectCache cache = new ObjectCache(new Transactions(sealed.store), sealer);
            HsmObject hot = cache.get(new UUID(0, 1), keys);
            for (int i = 2; i <= count; i++) {
                assertNotNull(cache.get(new UUID(0, i), keys));
                assertSame(hot, cache.get(new UUID(0, 1), keys));
                assertTrue(cache.size() <= ObjectCache.LIMIT + 1);
            }
        }
    }

    private static HsmObject object(int number) {
        AttributeSet attributes =
                AttributeSet.builder().put(Cka.CKA_PRIVATE, false).build();
        return new HsmObject(new UUID(0, number), 1, attributes, SecretAttributes.none());
    }
}
