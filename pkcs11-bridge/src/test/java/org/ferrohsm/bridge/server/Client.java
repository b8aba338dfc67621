// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.server;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ferrohsm.bridge.client.Bytes;
import org.ferrohsm.bridge.client.Reply;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.core.ck.Ckf;

/** A program at the daemon's socket. */
final class Client implements AutoCloseable {
    private static final byte[] HANDSHAKE =
            "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final DataInputStream in;

    Client(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** Sends the version byte and gives the one that comes back. */
    int greet(int version) throws IOException {
        send((byte) version);
        return in.readByte();
    }

    /** Speaks the current version and initialises, as a connection of {@code instance}. */
    Client introduced(String instance) throws IOException {
        greet(2);
        String reserved = "ferrohsm=1\npid=1\napplication=test\ninstance=" + instance + "\n\0";
        call(Call.C_Initialize, Bytes.of().bytes(HANDSHAKE).octet(1).bytes(reserved.getBytes(StandardCharsets.UTF_8)))
                .ok();
        return this;
    }

    /** A session with the token in the first slot. */
    long session() throws IOException {
        return call(Call.C_OpenSession, Bytes.of().ulong(0).ulong(Ckf.CKF_SERIAL_SESSION))
                .ok()
                .ulong();
    }

    Reply call(Call call, Bytes parts) throws IOException {
        request(call, parts);
        return answer(call);
    }

    void request(Call call, Bytes parts) throws IOException {
        byte[] message = Bytes.of()
                .u32(call.id())
                .text(call.request())
                .raw(parts.array())
                .array();
        send(Bytes.of().u32(7).u32(0).u32(message.length).raw(message).array());
    }

    Reply answer(Call call) throws IOException {
        byte[] header = in.readNBytes(12);
        if (header.length < 12) {
            throw new EOFException();
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (fields.getInt(0) != 7 || fields.getInt(4) != 0) {
            throw new AssertionError("another frame's header");
        }
        return Reply.of(call, in.readNBytes(fields.getInt(8)));
    }

    void send(byte... bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    /** Sends all of {@code bytes} and no more, and reads until the server has ended the connection. */
    void sendsAll(byte... bytes) throws IOException {
        try {
            send(bytes);
            channel.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            requireEnded(e);
        }
    }

    /** Sends all of {@code bytes}; false if the server has ended the connection. */
    boolean isServed(byte... bytes) throws IOException {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            requireEnded(e);
            return false;
        }
    }

    private static void requireEnded(IOException e) throws IOException {
        String message = String.valueOf(e.getMessage());
        if (!message.contains("reset") && !message.contains("pipe")) {
            throw e;
        }
    }

    /** Waits for the server to end the connection. */
    void ends() throws IOException {
        try {
            int next = in.read();
            if (next >= 0) {
                throw new AssertionError("something came: " + next);
            }
        } catch (IOException e) {
            requireEnded(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
