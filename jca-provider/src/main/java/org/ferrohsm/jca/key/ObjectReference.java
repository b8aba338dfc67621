// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.key;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.session.Session;
import org.ferrohsm.jca.token.Token;
import org.jspecify.annotations.Nullable;

/**
 * One object of a token. A lasting object is found again by its CKA_UNIQUE_ID when its handle has ended with a login; a
 * session object is destroyed when nobody refers to it any more.
 */
public final class ObjectReference {
    private final Token token;
    private final boolean lasting;
    private final String uniqueId;
    private final @Nullable SessionObject sessionObject;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile long handle;

    private ObjectReference(Token token, long handle, boolean lasting, String uniqueId) {
        this.token = token;
        this.handle = handle;
        this.lasting = lasting;
        this.uniqueId = uniqueId;
        this.sessionObject = lasting ? null : new SessionObject(token, handle);
        if (sessionObject != null) {
            token.cleaner().register(this, sessionObject);
        }
    }

    /** An object that stays in the token. */
    static ObjectReference lasting(Token token, long handle, String uniqueId) {
        return new ObjectReference(token, handle, true, uniqueId);
    }

    /** A session object, which this reference owns. */
    static ObjectReference ofSession(Token token, long handle) {
        return new ObjectReference(token, handle, false, "");
    }

    public Token token() {
        return token;
    }

    /** CKA_TOKEN. */
    public boolean isLasting() {
        return lasting;
    }

    /**
     * Uses the object's handle, if need be a second time after finding the object again.
     *
     * @throws HsmException KEY_HANDLE_INVALID if it has been released or is gone
     */
    public <T> T with(Session session, LongFunction<T> use) {
        if (released.get()) {
            throw Fault.KEY_HANDLE_INVALID.because("the key has been destroyed");
        }
        long current = handle;
        try {
            return use.apply(current);
        } catch (HsmException e) {
            if (!isStale(e.fault()) || !findAgain(session)) {
                throw e;
            }
            return use.apply(handle);
        }
    }

    /** Gives the object up; a session object ends with that. */
    void release() {
        if (released.compareAndSet(false, true) && sessionObject != null) {
            sessionObject.run();
        }
    }

    boolean isReleased() {
        return released.get();
    }

    private boolean findAgain(Session session) {
        if (!lasting || uniqueId.isEmpty()) {
            return false;
        }
        Template wanted = Template.builder().put(Cka.CKA_UNIQUE_ID, uniqueId).build();
        long[] found = token.objects().search(session, wanted);
        if (found.length != 1) {
            return false;
        }
        handle = found[0];
        return true;
    }

    private static boolean isStale(Fault fault) {
        return fault == Fault.KEY_HANDLE_INVALID
                || fault == Fault.OBJECT_HANDLE_INVALID
                || fault == Fault.WRAPPING_KEY_HANDLE_INVALID
                || fault == Fault.UNWRAPPING_KEY_HANDLE_INVALID;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ObjectReference that
                && token == that.token
                && lasting == that.lasting
                && (lasting ? uniqueId.equals(that.uniqueId) : handle == that.handle);
    }

    @Override
    public int hashCode() {
        return lasting ? uniqueId.hashCode() : Long.hashCode(handle);
    }

    /** What is left to do when the reference is gone; it must not refer to the reference. */
    private static final class SessionObject implements Runnable {
        private final Token token;
        private final long handle;
        private final AtomicBoolean done = new AtomicBoolean();

        SessionObject(Token token, long handle) {
            this.token = token;
            this.handle = handle;
        }

        @Override
        public void run() {
            if (!done.compareAndSet(false, true)) {
                return;
            }
            try {
                token.call(session -> {
                    token.objects().destroy(session, handle);
                    return true;
                });
            } catch (HsmException e) {
                // A logout has ended it before, or the core is closing: either way the object is gone.
                done.set(true);
            }
        }
    }
}
