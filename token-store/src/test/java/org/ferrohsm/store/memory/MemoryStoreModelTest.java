// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.store.memory;

import org.ferrohsm.store.api.TokenStore;
import org.ferrohsm.store.contract.ModelProperties;

class MemoryStoreModelTest extends ModelProperties {
    @Override
    protected TokenStore open() {
        return new MemoryStore();
    }
}
