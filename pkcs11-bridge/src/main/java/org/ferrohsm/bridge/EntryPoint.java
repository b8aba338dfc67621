// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.nio.ByteBuffer;
import java.util.Set;

/** Where libferrohsm-pkcs11.so enters, through JNI (docs/spec/wire.md, "Embedded"). */
public final class EntryPoint {
    /** The process's one bridge: a C library is one per process, and JNI calls static methods. */
    private static final Bridge BRIDGE = new Bridge(System.getenv(), System.err);

    private static final Set<String> MODULES =
            Set.of("java.logging", "java.naming", "java.net.http", "java.sql", "jdk.unsupported");

    private EntryPoint() {}

    /**
     * Whether this JVM has the JDK's modules that the product needs: a host may run with fewer, as {@code keytool} does.
     */
    public static boolean isComplete() {
        return MODULES.stream()
                .allMatch(name -> ModuleLayer.boot().findModule(name).isPresent());
    }

    /**
     * Answers a request.
     *
     * @param buffer the calling thread's own direct buffer, with the request at 0; the answer is written there
     * @param requestLength in bytes
     * @return the answer's length, or its negative if the answer does not fit and waits for {@link #fetch}
     */
    public static int call(ByteBuffer buffer, int requestLength) {
        return BRIDGE.call(buffer, requestLength);
    }

    /**
     * Writes the answer that did not fit into a larger buffer, on the same thread.
     *
     * @return its length, as in {@link #call}
     */
    public static int fetch(ByteBuffer buffer) {
        return BRIDGE.fetch(buffer);
    }
}
