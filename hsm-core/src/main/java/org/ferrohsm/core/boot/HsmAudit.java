// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.util.OptionalLong;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.seal.RootKey;
import org.ferrohsm.core.seal.SealKeyFile;
import org.ferrohsm.core.service.AuditService;
import org.ferrohsm.core.token.StateRoot;
import org.ferrohsm.core.token.Transactions;
import org.ferrohsm.store.api.StoreException;
import org.ferrohsm.store.api.StoreReader;
import org.ferrohsm.store.api.TokenStore;
import org.jspecify.annotations.Nullable;

/** The audit log of a store without the rest of it: can be shown and verified where tokens can no longer be used. */
public final class HsmAudit implements AutoCloseable {
    private final TokenStore store;
    private final @Nullable RootKey root;
    private final @Nullable String stateUnknown;
    private final AuditService service;

    private HsmAudit(HsmConfig config, TokenStore store, @Nullable RootKey root, @Nullable String stateUnknown) {
        this.store = store;
        this.root = root;
        this.stateUnknown = stateUnknown;
        this.service = new AuditService(
                store, root == null ? null : new StateRoot(root, new Engines().random()), config.auditKeyFolder());
    }

    /**
     * Opens the log of the store that a configuration names.
     *
     * @throws HsmException with a sentence that says what was wrong and what to do
     */
    public static HsmAudit open(HsmConfig config) {
        TokenStore store = HsmRuntime.openStore(config);
        boolean opened = false;
        try {
            HsmAudit audit = open(config, store);
            opened = true;
            return audit;
        } catch (StoreException e) {
            throw Transactions.fault(e);
        } finally {
            if (!opened) {
                store.close();
            }
        }
    }

    private static HsmAudit open(HsmConfig config, TokenStore store) {
        OptionalLong last = store.read(StoreReader::lastAudit);
        if (last.isEmpty()) {
            return new HsmAudit(config, store, null, null);
        }
        try {
            RootKey root = RootKey.open(store, new SealKeyFile(config.sealKeyFile()), new Engines().random());
            return new HsmAudit(config, store, root, null);
        } catch (HsmException e) {
            return new HsmAudit(config, store, null, String.valueOf(e.getMessage()));
        }
    }

    public AuditService service() {
        return service;
    }

    /** Why the tokens' states cannot be compared with the log, null if they can. */
    public @Nullable String stateUnknown() {
        return stateUnknown;
    }

    @Override
    public void close() {
        if (root != null) {
            root.close();
        }
        store.close();
    }
}
