// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import jnr.constants.platform.AddressFamily;
import jnr.constants.platform.Sock;
import org.jspecify.annotations.Nullable;

/** A listening Unix socket: made here, or handed over by whoever started the process. */
public final class UnixListener implements AutoCloseable {
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int POLLIN = 1;
    private static final int BACKLOG = 4096;
    private static final int LONGEST_PATH = 107;
    private static final int SOCKET_MODE = 0660;
    private static final String FOLDER_MODE = "rwxr-x---";

    private final LibC libc;
    private final int fd;
    private final int wake;
    private final @Nullable Path own;
    private boolean open = true;

    private UnixListener(LibC libc, int fd, @Nullable Path own) throws IOException {
        this.libc = libc;
        this.fd = fd;
        this.own = own;
        this.wake = libc.check(libc.eventfd(0, EFD_CLOEXEC), "cannot make an eventfd");
    }

    /** The listening socket that this process was started with as descriptor {@code fd}. */
    public static UnixListener inherited(LibC libc, int fd) throws IOException {
        return new UnixListener(libc, fd, null);
    }

    /**
     * A new socket at {@code path} that its user and its group may connect to, in a folder of theirs. What a daemon that
     * was killed left there is replaced.
     *
     * @throws IOException if another process listens there, or others may write to the folder
     */
    public static UnixListener bind(LibC libc, Path path) throws IOException {
        prepare(path.toAbsolutePath().getParent());
        if (Files.exists(path) && answers(libc, address(path))) {
            throw new IOException("a daemon is listening at " + path + " already");
        }
        /* Under its own name it appears when it listens, and with its mode. */
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        byte[] address = address(fresh);
        int fd = socket(libc);
        try {
            libc.check(libc.bind(fd, address, address.length), "cannot make the socket " + fresh);
            libc.check(libc.chmod(fresh.toString(), SOCKET_MODE), "cannot set the mode of " + fresh);
            libc.check(libc.listen(fd, BACKLOG), "cannot listen at " + fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
            return new UnixListener(libc, fd, path);
        } catch (IOException e) {
            libc.close(fd);
            throw e;
        }
    }

    /** The next connection; null after {@link #stop}. */
    public @Nullable UnixStream accept() throws IOException {
        int[] fds = {fd, POLLIN, wake, POLLIN};
        while (true) {
            fds[1] = POLLIN;
            fds[3] = POLLIN;
            int ready = libc.poll(fds, 2, -1);
            if (ready > 0 && fds[3] != POLLIN) {
                return null;
            }
            if (ready > 0) {
                return new UnixStream(
                        libc, libc.check(libc.accept4(fd, null, null, SOCK_CLOEXEC), "cannot accept a connection"));
            }
        }
    }

    /** Lets {@link #accept} end. The socket goes on to listen: a service manager may own it. */
    public synchronized void stop() {
        if (open) {
            libc.write(wake, new byte[] {1, 0, 0, 0, 0, 0, 0, 0}, Long.BYTES);
        }
    }

    /** Where it is, for people. */
    @Override
    public String toString() {
        return own == null ? "the socket that it was given" : own.toString();
    }

    /** Removes the socket from the file system if it was made here. */
    @Override
    public synchronized void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        if (own != null) {
            Files.deleteIfExists(own);
        }
        libc.close(fd);
        libc.close(wake);
    }

    private static void prepare(@Nullable Path folder) throws IOException {
        if (folder == null) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER_MODE));
        }
        if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("everybody may write to " + folder
                    + ", and could put another socket there: name a folder of the daemon's own with daemon.socket");
        }
    }

    private static boolean answers(LibC libc, byte[] address) throws IOException {
        int fd = socket(libc);
        boolean answers = libc.connect(fd, address, address.length) == 0;
        libc.close(fd);
        return answers;
    }

    private static int socket(LibC libc) throws IOException {
        int type = Sock.SOCK_STREAM.intValue() | SOCK_CLOEXEC;
        return libc.check(libc.socket(AddressFamily.AF_UNIX.intValue(), type, 0), "cannot make a socket");
    }

    /** struct sockaddr_un. */
    private static byte[] address(Path path) throws IOException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_PATH) {
            throw new IOException("the socket's path is longer than " + LONGEST_PATH + " bytes: " + path);
        }
        byte[] address = new byte[2 + name.length + 1];
        address[0] = (byte) AddressFamily.AF_UNIX.intValue();
        System.arraycopy(name, 0, address, 2, name.length);
        return address;
    }
}
