// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ferrohsm.bridge.platform.Accounts;
import org.ferrohsm.bridge.platform.UnixListener;
import org.ferrohsm.bridge.platform.UnixStream;
import org.ferrohsm.core.boot.DaemonSettings;
import org.jspecify.annotations.Nullable;

/** Accepts connections and gives each a thread. */
final class Server {
    private static final long FULL_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** In which calls that are running when the server stops may end. */
    private static final int GRACE_SECONDS = 20;

    private record Terms(DaemonSettings settings, AllowList allowed) {}

    private final UnixListener listener;
    private final Accounts accounts;
    private final Connection.Surroundings around;
    private final Map<Connection, Thread> connections = new ConcurrentHashMap<>();
    private volatile Terms terms;

    Server(UnixListener listener, Accounts accounts, DaemonSettings settings, Connection.Surroundings around) {
        this.listener = listener;
        this.accounts = accounts;
        this.around = around;
        this.terms = new Terms(settings, new AllowList(settings.allow(), accounts));
    }

    /** Other terms for those who connect from now on. */
    void change(DaemonSettings settings) {
        terms = new Terms(settings, new AllowList(settings.allow(), accounts));
    }

    /** Whether nobody is connected. */
    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Serves until {@link UnixListener#stop}, then ends all connections when their calls are answered. */
    void run() {
        UnixStream stream = accept();
        while (stream != null) {
            Terms now = terms;
            if (connections.size() < now.settings().connections()) {
                start(new Connection(stream, now.allowed(), now.settings(), around));
            } else {
                around.log().say("refused a connection: there are " + connections.size() + "; see daemon.connections");
                stream.close();
            }
            stream = accept();
        }
        connections.keySet().forEach(Connection::stop);
        if (!ended(GRACE_SECONDS)) {
            connections.keySet().forEach(Connection::abort);
            ended(GRACE_SECONDS);
        }
    }

    private void start(Connection connection) {
        Thread thread = new Thread(
                () -> {
                    try {
                        connection.run();
                    } finally {
                        connections.remove(connection);
                    }
                },
                "client");
        thread.setDaemon(true);
        connections.put(connection, thread);
        thread.start();
    }

    /** Descriptors that ran out come back when clients leave. */
    private @Nullable UnixStream accept() {
        while (true) {
            try {
                return listener.accept();
            } catch (IOException e) {
                around.log().say(String.valueOf(e.getMessage()));
                LockSupport.parkNanos(FULL_PAUSE);
            }
        }
    }

    private boolean ended(int seconds) {
        long end = around.nanoTime().getAsLong() + TimeUnit.SECONDS.toNanos(seconds);
        try {
            for (Thread thread : connections.values()) {
                thread.join(Math.max(
                        1, TimeUnit.NANOSECONDS.toMillis(end - around.nanoTime().getAsLong())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return connections.isEmpty();
    }
}
