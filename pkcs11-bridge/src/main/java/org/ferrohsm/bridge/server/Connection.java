// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.ferrohsm.bridge.Bridge;
import org.ferrohsm.bridge.DebugLog;
import org.ferrohsm.bridge.handler.Handlers;
import org.ferrohsm.bridge.handler.Library;
import org.ferrohsm.bridge.platform.Peer;
import org.ferrohsm.bridge.platform.UnixStream;
import org.ferrohsm.bridge.wire.Protocol;
import org.ferrohsm.core.boot.DaemonSettings;
import org.ferrohsm.core.fault.HsmException;

/** One connection, served by a thread of its own until either side ends it. */
final class Connection implements Runnable {
    /** How long a client may take for its introduction, and for a frame that it has begun. */
    private static final int PATIENCE_SECONDS = 30;
    /** The most that one read waits before the clock is looked at. */
    private static final int TICK_SECONDS = 5;

    /** What all connections share. */
    record Surroundings(
            SharedApplications applications, Handlers handlers, DebugLog debug, ServerLog log, LongSupplier nanoTime) {}

    private final UnixStream stream;
    private final AllowList allowed;
    private final int idleSeconds;
    private final Surroundings around;

    Connection(UnixStream stream, AllowList allowed, DaemonSettings settings, Surroundings around) {
        this.stream = stream;
        this.allowed = allowed;
        this.idleSeconds = settings.idleSeconds();
        this.around = around;
    }

    @Override
    public void run() {
        try (UnixStream open = stream) {
            Peer peer = open.peer();
            if (allowed.permits(peer)) {
                serve(peer);
            } else {
                around.log().say("refused process " + peer.pid() + " of user " + peer.uid() + ": see daemon.allow");
            }
        } catch (IOException | HsmException e) {
            around.log().detail("ended a connection: " + e.getMessage());
        }
    }

    private void serve(Peer peer) throws IOException {
        stream.timeout(idleSeconds == 0 ? TICK_SECONDS : Math.min(TICK_SECONDS, idleSeconds));
        Frames frames = new Frames(stream, around.nanoTime(), PATIENCE_SECONDS);
        Library library = new Library(around.applications().of(peer, stream::hasEnded));
        try {
            Protocol protocol = frames.greet();
            Bridge bridge = new Bridge(library, around.handlers(), protocol, around.debug());
            while (frames.next(library.isOpen() ? idleSeconds : PATIENCE_SECONDS)) {
                answer(frames, bridge);
            }
        } finally {
            frames.wipe();
            library.leave();
        }
    }

    private static void answer(Frames frames, Bridge bridge) throws IOException {
        int answer = bridge.call(frames.message(), frames.length());
        if (answer < 0) {
            frames.reserve(-answer);
            answer = bridge.fetch(frames.message());
        }
        frames.answer(answer);
    }

    /** Lets the call that is running end and be answered, and no other begin. */
    void stop() {
        stream.stop();
    }

    /** Ends it now. */
    void abort() {
        stream.abort();
    }
}
