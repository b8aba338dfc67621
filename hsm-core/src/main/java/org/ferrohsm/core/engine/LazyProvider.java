// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

import java.security.Provider;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A provider that is loaded when it is first asked for, once; a failure is remembered with its reason. */
final class LazyProvider {
    private final EngineSource source;
    private final Callable<Provider> loader;
    private volatile boolean tried;
    private @Nullable Provider provider;
    private String reason = "";

    LazyProvider(EngineSource source, Callable<Provider> loader) {
        this.source = source;
        this.loader = loader;
    }

    /** The provider, or null if it cannot be used. */
    @Nullable
    Provider get() {
        if (!tried) {
            load();
        }
        return provider;
    }

    /** Whether it has been loaded already. */
    boolean isLoaded() {
        return tried && provider != null;
    }

    EngineStatus status() {
        Provider loaded = get();
        return loaded == null
                ? new EngineStatus(source, "", false, reason)
                : new EngineStatus(source, loaded.getVersionStr(), true, loaded.getInfo());
    }

    private synchronized void load() {
        if (tried) {
            return;
        }
        try {
            provider = loader.call();
        } catch (Exception | LinkageError e) {
            reason = e.toString();
        }
        tried = true;
    }
}
