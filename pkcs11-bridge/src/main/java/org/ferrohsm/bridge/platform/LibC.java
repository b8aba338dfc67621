// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.jspecify.annotations.Nullable;

/** The functions of libc that are needed here, as their manual pages say. Public because the binding is made in another package. */
public interface LibC {
    int socket(int domain, int type, int protocol);

    int bind(int fd, @In byte[] address, int length);

    int connect(int fd, @In byte[] address, int length);

    int listen(int fd, int backlog);

    int accept4(int fd, @Nullable Pointer address, @Nullable Pointer length, int flags);

    int poll(@In @Out int[] fds, long count, int timeoutMillis);

    int eventfd(int initial, int flags);

    long write(int fd, @In byte[] bytes, long length);

    long recv(int fd, @Out ByteBuffer into, long length, int flags);

    long send(int fd, @In ByteBuffer from, long length, int flags);

    int getsockopt(int fd, int level, int option, @Out int[] value, @In @Out int[] length);

    int setsockopt(int fd, int level, int option, @In long[] value, int length);

    int shutdown(int fd, int how);

    int close(int fd);

    int chmod(String path, int mode);

    @Nullable
    Pointer getpwnam(String name);

    @Nullable
    Pointer getgrnam(String name);

    int geteuid();

    int prctl(int option, long a, long b, long c, long d);

    int getrlimit(int resource, @Out long[] limits);

    int setrlimit(int resource, @In long[] limits);

    int mlockall(int flags);

    int madvise(long address, long length, int advice);

    /** Loads the binding, which takes some hundred milliseconds: once for each daemon. */
    static LibC load() {
        return LibraryLoader.create(LibC.class).load("c");
    }

    /** What the calling thread's last call that failed said. */
    default Errno errno() {
        return Errno.valueOf(Runtime.getRuntime(this).getLastError());
    }

    /** The exception for the calling thread's last call, which failed. */
    default IOException failure(String what) {
        return new IOException(what + ": " + errno().description());
    }

    /**
     * A result that is not negative.
     *
     * @throws IOException if it is
     */
    default int check(int result, String what) throws IOException {
        if (result < 0) {
            throw failure(what);
        }
        return result;
    }
}
