// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import jnr.constants.platform.AddressFamily;
import jnr.constants.platform.Sock;

/** What a service manager such as systemd and this process tell each other: sd_listen_fds(3) and sd_notify(3). */
public final class ServiceManager {
    private static final int FIRST_SOCKET = 3;
    private static final int MSG_NOSIGNAL = 0x4000;

    private final LibC libc;
    private final Map<String, String> environment;

    public ServiceManager(LibC libc, Map<String, String> environment) {
        this.libc = libc;
        this.environment = environment;
    }

    /**
     * The descriptor of the listening socket that was handed over, empty if none was.
     *
     * @throws IOException if there are several
     */
    public OptionalInt socket() throws IOException {
        String self = Long.toString(ProcessHandle.current().pid());
        String count = environment.getOrDefault("LISTEN_FDS", "");
        if (count.isEmpty() || !self.equals(environment.get("LISTEN_PID"))) {
            return OptionalInt.empty();
        }
        if (!count.equals("1")) {
            throw new IOException("LISTEN_FDS is " + count + ", but the daemon listens on one socket");
        }
        return OptionalInt.of(FIRST_SOCKET);
    }

    /** Says "READY=1" and the like to a manager that wants to know. */
    public void notify(String state) throws IOException {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (name.isEmpty()) {
            return;
        }
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        byte[] address = new byte[2 + path.length];
        address[0] = (byte) AddressFamily.AF_UNIX.intValue();
        System.arraycopy(path, 0, address, 2, path.length);
        if (name.startsWith("@")) {
            address[2] = 0;
        }
        byte[] text = state.getBytes(StandardCharsets.UTF_8);
        ByteBuffer message = ByteBuffer.allocateDirect(text.length).put(text).flip();
        int fd = libc.check(
                libc.socket(AddressFamily.AF_UNIX.intValue(), Sock.SOCK_DGRAM.intValue(), 0), "cannot make a socket");
        try {
            libc.check(libc.connect(fd, address, address.length), "cannot reach the service manager at " + name);
            libc.check((int) libc.send(fd, message, text.length, MSG_NOSIGNAL), "cannot tell the service manager");
        } finally {
            libc.close(fd);
        }
    }
}
