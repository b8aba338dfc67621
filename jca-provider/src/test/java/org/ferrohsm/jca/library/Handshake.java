// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.library;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** A TLS handshake of two engines, without a network. */
final class Handshake {
    private static final int MOST_ROUNDS = 1000;

    private Handshake() {}

    static void run(SSLEngine client, SSLEngine server) throws SSLException {
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        ByteBuffer toServer = buffer(client);
        ByteBuffer toClient = buffer(server);
        client.beginHandshake();
        server.beginHandshake();
        int rounds = 0;
        while (isHandshaking(client) || isHandshaking(server)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            if (++rounds > MOST_ROUNDS) {
                throw new SSLException("the handshake does not end: " + client.getHandshakeStatus() + ", "
                        + server.getHandshakeStatus());
            }
        }
    }

    private static boolean isHandshaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer input, ByteBuffer output) throws SSLException {
        ByteBuffer application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), output);
            default -> {
                input.flip();
                engine.unwrap(input, application);
                input.compact();
            }
        }
    }

    private static ByteBuffer buffer(SSLEngine engine) {
        return ByteBuffer.allocate(4 * engine.getSession().getPacketBufferSize());
    }
}
