// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Shutdown;
import jnr.constants.platform.SocketLevel;
import jnr.constants.platform.SocketOption;

/** A connected Unix socket. One thread reads and writes; any may {@link #stop} it. */
public final class UnixStream implements AutoCloseable {
    /** The other end has closed. */
    public static final int END = 0;

    /** Nothing happened within the time that {@link #timeout} sets. */
    public static final int TIMEOUT = -1;

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_PEEK = 2;
    private static final int MSG_DONTWAIT = 0x40;
    /* Since Linux 4.13; jnr-constants lacks it. */
    private static final int SO_PEERGROUPS = 59;
    private static final int MOST_GROUPS = 65536;

    private final LibC libc;
    private final int fd;
    private boolean open = true;

    UnixStream(LibC libc, int fd) {
        this.libc = libc;
        this.fd = fd;
    }

    /** The most that one {@link #receive} or {@link #send} waits. */
    public void timeout(int seconds) throws IOException {
        long[] time = {seconds, 0};
        for (SocketOption option : new SocketOption[] {SocketOption.SO_RCVTIMEO, SocketOption.SO_SNDTIMEO}) {
            libc.check(
                    libc.setsockopt(fd, SocketLevel.SOL_SOCKET.intValue(), option.intValue(), time, 2 * Long.BYTES),
                    "cannot set a socket's timeout");
        }
    }

    /** Who connected. */
    public Peer peer() throws IOException {
        int[] credentials = new int[3];
        int[] length = {credentials.length * Integer.BYTES};
        libc.check(
                libc.getsockopt(
                        fd,
                        SocketLevel.SOL_SOCKET.intValue(),
                        SocketOption.SO_PEERCRED.intValue(),
                        credentials,
                        length),
                "cannot tell who connected");
        Set<Long> groups = new HashSet<>();
        groups.add(Integer.toUnsignedLong(credentials[2]));
        int[] others = new int[MOST_GROUPS];
        int[] size = {others.length * Integer.BYTES};
        if (libc.getsockopt(fd, SocketLevel.SOL_SOCKET.intValue(), SO_PEERGROUPS, others, size) == 0) {
            for (int i = 0; i < size[0] / Integer.BYTES; i++) {
                groups.add(Integer.toUnsignedLong(others[i]));
            }
        }
        return new Peer(credentials[0], Integer.toUnsignedLong(credentials[1]), groups);
    }

    /**
     * Reads what is there, at least one byte and at most what is left in {@code into}, a direct buffer.
     *
     * @return the number of bytes, {@link #END} or {@link #TIMEOUT}
     */
    public int receive(ByteBuffer into) throws IOException {
        while (true) {
            int count = (int) libc.recv(fd, into, into.remaining(), 0);
            if (count >= 0) {
                into.position(into.position() + count);
                return count;
            }
            if (waitedInVain("cannot read from a client")) {
                return TIMEOUT;
            }
        }
    }

    /** Reads what is there as {@link #receive} does, but waits for nothing: true if something was there. */
    public boolean receiveNow(ByteBuffer into) {
        int count = (int) libc.recv(fd, into, into.remaining(), MSG_DONTWAIT);
        if (count <= 0) {
            return false;
        }
        into.position(into.position() + count);
        return true;
    }

    /**
     * Writes some of what is left in {@code from}, a direct buffer.
     *
     * @return the number of bytes, or {@link #TIMEOUT}
     */
    public int send(ByteBuffer from) throws IOException {
        while (true) {
            int count = (int) libc.send(fd, from, from.remaining(), MSG_NOSIGNAL);
            if (count >= 0) {
                from.position(from.position() + count);
                return count;
            }
            if (waitedInVain("cannot write to a client")) {
                return TIMEOUT;
            }
        }
    }

    /** Whether the other end has closed, or {@link #stop} was called, and nothing is left to read. */
    public boolean hasEnded() {
        return libc.recv(fd, ByteBuffer.allocateDirect(1), 1, MSG_PEEK | MSG_DONTWAIT) == 0;
    }

    /** True if the last call waited too long, false if a signal interrupted it. */
    private boolean waitedInVain(String what) throws IOException {
        Errno errno = libc.errno();
        if (errno != Errno.EAGAIN && errno != Errno.EINTR) {
            throw libc.failure(what);
        }
        return errno == Errno.EAGAIN;
    }

    /** Lets the thread that reads find the end; an answer can still be written. */
    public synchronized void stop() {
        if (open) {
            libc.shutdown(fd, Shutdown.SHUT_RD.intValue());
        }
    }

    /** Lets the threads that read or write find the end. */
    public synchronized void abort() {
        if (open) {
            libc.shutdown(fd, Shutdown.SHUT_RDWR.intValue());
        }
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            libc.close(fd);
        }
    }
}
