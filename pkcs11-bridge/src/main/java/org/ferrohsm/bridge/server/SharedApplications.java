// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.ferrohsm.bridge.handler.Applications;
import org.ferrohsm.bridge.handler.Attachment;
import org.ferrohsm.bridge.handler.Introduction;
import org.ferrohsm.bridge.platform.Peer;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.SlotWatch;

/**
 * The applications of one store. Connections of one process that name the same instance hold the same application, so that
 * its threads need not wait for each other; nobody else can hold it.
 */
final class SharedApplications {
    private record Key(long pid, long uid, String instance) {}

    private final HsmRuntime runtime;
    private final Map<Key, Shared> known = new HashMap<>();

    SharedApplications(HsmRuntime runtime) {
        this.runtime = runtime;
    }

    /** Those of the process at the other end of a connection, which may be {@code gone}. */
    Applications of(Peer peer, BooleanSupplier gone) {
        return who -> attach(peer, gone, who);
    }

    private synchronized Attachment attach(Peer peer, BooleanSupplier gone, Introduction who) {
        Key key = new Key(peer.pid(), peer.uid(), who.instance());
        Shared shared = who.instance().isEmpty() ? null : known.get(key);
        if (shared == null) {
            String pid = peer.pid() == 0 ? who.pid() : Long.toString(peer.pid());
            Introduction seen = new Introduction(who.application(), pid, who.instance());
            shared = new Shared(
                    key,
                    runtime.newApplication(seen.actor() + " uid " + peer.uid(), "uid:" + peer.uid()),
                    runtime.slots().watch());
            if (!who.instance().isEmpty()) {
                known.put(key, shared);
            }
        }
        shared.holders++;
        return new Hold(shared, gone);
    }

    /** Forgets the application; true for the one caller that has to close it. */
    private synchronized boolean ends(Shared shared) {
        boolean first = !shared.ended;
        shared.ended = true;
        known.remove(shared.key, shared);
        return first;
    }

    private synchronized boolean isLast(Shared shared) {
        shared.holders--;
        return shared.holders == 0;
    }

    private static final class Shared {
        private final Key key;
        private final Application application;
        private final SlotWatch watch;
        /** Guarded by the table of all. */
        private int holders;

        private volatile boolean ended;

        Shared(Key key, Application application, SlotWatch watch) {
            this.key = key;
            this.application = application;
            this.watch = watch;
        }
    }

    private final class Hold implements Attachment {
        private final Shared shared;
        private final BooleanSupplier gone;

        Hold(Shared shared, BooleanSupplier gone) {
            this.shared = shared;
            this.gone = gone;
        }

        @Override
        public OptionalLong slotEvent() {
            synchronized (shared.watch) {
                return runtime.slots().event(shared.watch);
            }
        }

        @Override
        public boolean isAbandoned() {
            return gone.getAsBoolean();
        }

        @Override
        public HsmRuntime runtime() {
            return runtime;
        }

        @Override
        public Application application() {
            if (shared.ended) {
                throw Fault.CRYPTOKI_NOT_INITIALIZED.because("another connection has ended the application");
            }
            return shared.application;
        }

        @Override
        public void end() {
            application();
            leave();
            if (ends(shared)) {
                runtime.closeApplication(shared.application);
            }
        }

        @Override
        public void leave() {
            if (isLast(shared) && ends(shared)) {
                runtime.closeApplication(shared.application);
            }
        }
    }
}
