// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.anchor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A server on this machine that answers one request at a time. */
final class Peer implements AutoCloseable {
    /** What to say to a request. */
    interface Handler {
        Reply answer(HttpExchange exchange, byte[] body) throws Exception;
    }

    /** A status and a body. */
    record Reply(int status, byte[] body) {}

    private final HttpServer server;

    Peer(Handler handler) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply;
            try {
                reply = handler.answer(exchange, body);
            } catch (Exception e) {
                reply = new Reply(500, e.toString().getBytes(StandardCharsets.UTF_8));
            }
            boolean empty =
                    reply.body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status, empty ? -1 : reply.body.length);
            if (!empty) {
                exchange.getResponseBody().write(reply.body);
            }
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
