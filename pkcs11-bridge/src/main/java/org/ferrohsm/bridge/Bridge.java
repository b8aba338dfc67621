// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.bridge;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.bridge.codec.ReturnValues;
import org.ferrohsm.bridge.handler.EmbeddedApplications;
import org.ferrohsm.bridge.handler.Handlers;
import org.ferrohsm.bridge.handler.Library;
import org.ferrohsm.bridge.wire.Call;
import org.ferrohsm.bridge.wire.Protocol;
import org.ferrohsm.bridge.wire.WireReader;
import org.ferrohsm.bridge.wire.WireWriter;
import org.ferrohsm.core.ck.Ckr;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.secret.ClosedSecretException;
import org.jspecify.annotations.Nullable;

/** Answers the messages of one application (docs/spec/wire.md). For many threads at once. */
public final class Bridge {
    private final Library library;
    private final Handlers handlers;
    private final Protocol protocol;
    private final DebugLog log;
    /** The calling thread's answer that did not fit its buffer. Not static: a process has one bridge, a test has many. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<byte[]> kept = new ThreadLocal<>();

    /** For the library in this process, which takes its configuration from {@code environment}. */
    Bridge(Map<String, String> environment, PrintStream debug) {
        this(
                new Library(new EmbeddedApplications(environment)),
                new Handlers(),
                Protocol.CURRENT,
                new DebugLog(environment, debug));
    }

    /** For calls about {@code library} in messages of {@code protocol}; many may share their handlers. */
    public Bridge(Library library, Handlers handlers, Protocol protocol, DebugLog log) {
        this.library = library;
        this.handlers = handlers;
        this.protocol = protocol;
        this.log = log;
    }

    /**
     * Answers the request in the first {@code requestLength} bytes of {@code buffer} in the same place.
     *
     * @return the answer's length; negative if it does not fit and waits for {@link #fetch}
     */
    public int call(ByteBuffer buffer, int requestLength) {
        buffer.clear();
        Call call = null;
        try {
            WireReader in = new WireReader(buffer, requestLength, protocol);
            call = Call.of(in.u32());
            if (call == null) {
                throw Fault.FUNCTION_NOT_SUPPORTED.because("no call has this id");
            }
            in.signature(call.request());
            WireWriter out = new WireWriter(buffer, call);
            handlers.of(call).handle(library, in, out);
            return length(out, out.success());
        } catch (HsmException e) {
            return failed(buffer, call, ReturnValues.of(e.fault()), e);
        } catch (ClosedSecretException e) {
            return failed(buffer, call, Ckr.CKR_USER_NOT_LOGGED_IN, e);
        } catch (OutOfMemoryError e) {
            return failed(buffer, call, Ckr.CKR_HOST_MEMORY, e);
        } catch (Throwable e) {
            return failed(buffer, call, Ckr.CKR_GENERAL_ERROR, e);
        }
    }

    /** Copies the answer that this thread's last call kept into {@code buffer}; its length as in {@link #call}. */
    public int fetch(ByteBuffer buffer) {
        buffer.clear();
        byte[] answer = kept.get();
        if (answer == null) {
            return failed(buffer, null, Ckr.CKR_GENERAL_ERROR, new IllegalStateException("no answer is waiting"));
        }
        if (answer.length > buffer.capacity()) {
            return -answer.length;
        }
        buffer.put(0, answer);
        kept.remove();
        Arrays.fill(answer, (byte) 0);
        return answer.length;
    }

    private int failed(ByteBuffer buffer, @Nullable Call call, long returnValue, Throwable reason) {
        log.failed(call == null ? "message" : call.name(), Ckr.name(returnValue), reason);
        WireWriter out = new WireWriter(buffer, Call.ERROR);
        return length(out, out.error(returnValue));
    }

    private int length(WireWriter out, int length) {
        byte[] overflow = out.overflow(length);
        if (overflow == null) {
            return length;
        }
        kept.set(overflow);
        return -length;
    }
}
