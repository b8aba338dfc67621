// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.ferrohsm.bridge.DebugLog;
import org.ferrohsm.bridge.handler.Handlers;
import org.ferrohsm.bridge.platform.Accounts;
import org.ferrohsm.bridge.platform.LibC;
import org.ferrohsm.bridge.platform.UnixListener;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.secret.SecretBytes;

/** A daemon in this JVM, in a folder of a test. */
final class RunningServer implements AutoCloseable {
    final Path socket;
    private final HsmRuntime runtime;
    private final UnixListener listener;
    private final Server server;
    private final Thread thread;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    RunningServer(Path folder, String... settings) throws IOException {
        this(folder, System::nanoTime, settings);
    }

    /** The same with another clock for what clients may take. */
    RunningServer(Path folder, LongSupplier nanoTime, String... settings) throws IOException {
        socket = folder.resolve("run/daemon.sock");
        Path configuration = Files.writeString(
                folder.resolve("ferrohsm.conf"),
                "pin.argon2.memory-kib = 19456\npin.argon2.passes = 2\npin.argon2.lanes = 1\n"
                        + String.join("\n", settings));
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "FERROHSM_CONF", configuration.toString(),
                "FERROHSM_STORE", "memory:",
                "FERROHSM_SOCKET", socket.toString(),
                "FERROHSM_DEBUG", "1");
        HsmConfig config = HsmConfig.load(environment);
        LibC libc = LibC.load();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        runtime = HsmRuntime.open(config);
        SecretBytes pin = SecretBytes.adopt("so-1234".getBytes(StandardCharsets.UTF_8));
        runtime.slots().initToken(runtime.newApplication("the test"), 0, pin, "served");
        listener = UnixListener.bind(libc, config.daemon().socket());
        server = new Server(
                listener,
                new Accounts(libc),
                config.daemon(),
                new Connection.Surroundings(
                        new SharedApplications(runtime),
                        new Handlers(),
                        new DebugLog(environment, stream),
                        new ServerLog(environment, stream),
                        nanoTime));
        thread = new Thread(server::run, "server");
        thread.start();
    }

    Client connect() throws IOException {
        return new Client(socket);
    }

    /** What went to stderr so far. */
    String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Ends it as SIGTERM does, and waits until it has. */
    void stop() {
        listener.stop();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        listener.close();
        runtime.close();
    }
}
