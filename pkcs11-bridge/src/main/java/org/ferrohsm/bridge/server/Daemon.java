// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ferrohsm.bridge.DebugLog;
import org.ferrohsm.bridge.handler.Handlers;
import org.ferrohsm.bridge.platform.Accounts;
import org.ferrohsm.bridge.platform.Hardening;
import org.ferrohsm.bridge.platform.LibC;
import org.ferrohsm.bridge.platform.ServiceManager;
import org.ferrohsm.bridge.platform.UnixListener;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.fault.HsmException;

/** {@code ferrohsm daemon}: holds a store open and serves it over a Unix socket until SIGTERM or SIGINT. */
public final class Daemon {
    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final int INHERITED = 3;
    /** How often a private daemon looks whether it has clients. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final String HELP = """
            Usage: ferrohsm daemon [--config FILE] [--store URL] [--socket PATH]
            Serves the tokens of a store to programs with libferrohsm-pkcs11.so or p11-kit-client.so over a Unix socket.
            Runs in the foreground until SIGTERM; SIGHUP makes it read its configuration again. See docs/daemon.md.
            """;
    private static final Map<String, String> OPTIONS = Map.of(
            "--config", "FERROHSM_CONF",
            "--store", "FERROHSM_STORE",
            "--socket", "FERROHSM_SOCKET");

    private final Map<String, String> environment;
    private final ServerLog log;
    private final boolean alone;
    private final LibC libc = LibC.load();
    private final ServiceManager manager;

    private Daemon(Map<String, String> environment, boolean alone) {
        this.environment = environment;
        this.alone = alone;
        this.log = new ServerLog(environment, System.err);
        this.manager = new ServiceManager(libc, environment);
    }

    /** Runs the daemon. {@code --private}, which is for the library alone: on descriptor 3, as long as there are clients. */
    public static void main(String[] arguments) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        boolean alone = false;
        for (int i = 0; i < arguments.length; i++) {
            String variable = OPTIONS.get(arguments[i]);
            if (arguments[i].equals("--help") || arguments[i].equals("-h")) {
                System.out.print(HELP);
                return;
            } else if (arguments[i].equals("--private")) {
                alone = true;
            } else if (variable != null && i + 1 < arguments.length) {
                environment.put(variable, arguments[++i]);
            } else {
                end(USAGE, System.err, "not understood: " + arguments[i] + "; see `ferrohsm daemon --help`");
            }
        }
        try {
            new Daemon(environment, alone).run();
        } catch (IOException | HsmException e) {
            end(FAILED, System.err, String.valueOf(e.getMessage()));
        }
    }

    private static void end(int code, PrintStream stream, String why) {
        stream.println("ferrohsm: " + why);
        System.exit(code);
    }

    private void run() throws IOException {
        List<String> refused = new Hardening(libc).apply();
        HsmConfig config = HsmConfig.load(environment);
        CountDownLatch closed = new CountDownLatch(1);
        try (HsmRuntime runtime = HsmRuntime.open(config);
                UnixListener listener = listener(config)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(listener, closed), "shutdown"));
            Connection.Surroundings around = new Connection.Surroundings(
                    new SharedApplications(runtime),
                    new Handlers(),
                    new DebugLog(environment, System.err),
                    log,
                    System::nanoTime);
            Server server = new Server(listener, new Accounts(libc), config.daemon(), around);
            if (alone) {
                watch(server, listener);
            } else {
                // First: who reads that it serves may send a SIGHUP, which ends a process that does not expect it.
                boolean reloads = HangUp.on(() -> reload(server));
                refused.forEach(log::say);
                log.say("serving " + config.store() + " at " + listener);
                if (!reloads) {
                    log.say("this Java cannot tell of SIGHUP: restart the daemon to change its configuration");
                }
            }
            manager.notify("READY=1");
            server.run();
        } finally {
            closed.countDown();
        }
    }

    private UnixListener listener(HsmConfig config) throws IOException {
        OptionalInt given = alone ? OptionalInt.of(INHERITED) : manager.socket();
        return given.isPresent()
                ? UnixListener.inherited(libc, given.getAsInt())
                : UnixListener.bind(libc, config.daemon().socket());
    }

    private void reload(Server server) {
        try {
            manager.notify("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
            server.change(HsmConfig.load(environment).daemon());
            log.say("read the configuration again; another store or socket takes a restart");
            manager.notify("READY=1");
        } catch (IOException | HsmException e) {
            log.say("kept the old configuration: " + e.getMessage());
        }
    }

    /** On SIGTERM: the JVM waits for this thread, and this thread for the store to be closed. */
    private void finish(UnixListener listener, CountDownLatch closed) {
        try {
            manager.notify("STOPPING=1");
        } catch (IOException e) {
            log.detail(String.valueOf(e.getMessage()));
        }
        listener.stop();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a private daemon that nobody needs any more: at the second look in a row that finds no client. */
    private static void watch(Server server, UnixListener listener) {
        Thread thread = new Thread(
                () -> {
                    int empty = 0;
                    while (empty < 2) {
                        LockSupport.parkNanos(LOOK_NANOS);
                        empty = server.isEmpty() ? empty + 1 : 0;
                    }
                    listener.stop();
                },
                "watch");
        thread.setDaemon(true);
        thread.start();
    }
}
