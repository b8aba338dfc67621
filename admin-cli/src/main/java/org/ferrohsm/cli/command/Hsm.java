// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.ck.Ckf;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Application;
import org.ferrohsm.core.session.Session;

/** The tokens of a store, open for one run of the command. */
public final class Hsm implements AutoCloseable {
    private final HsmRuntime runtime;
    private final Application application;

    private Hsm(HsmRuntime runtime, Application application) {
        this.runtime = runtime;
        this.application = application;
    }

    static Hsm open(HsmConfig config) {
        HsmRuntime runtime = HsmRuntime.open(config);
        String name = "cli " + System.getProperty("user.name") + "["
                + ProcessHandle.current().pid() + "]";
        return new Hsm(runtime, runtime.newApplication(name));
    }

    public HsmRuntime runtime() {
        return runtime;
    }

    /** All tokens that can be read, in the order of their slots. */
    public List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (long slot : runtime.slots().slotIds(true)) {
            readable(slot).filter(token -> token.info().initialized()).ifPresent(tokens::add);
        }
        return tokens;
    }

    /** The slots whose tokens cannot be read. */
    public List<Long> damagedSlots() {
        return Arrays.stream(runtime.slots().slotIds(true))
                .filter(slot -> readable(slot).isEmpty())
                .boxed()
                .toList();
    }

    private Optional<Token> readable(long slot) {
        try {
            return Optional.of(token(slot));
        } catch (HsmException e) {
            if (e.fault() != Fault.DEVICE_ERROR) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The token, or the free place for one, in a slot. */
    public Token token(long slot) {
        return new Token(slot, runtime.slots().tokenInfo(application, slot));
    }

    /** Makes a token in a slot; what was there is destroyed. */
    public void initToken(long slot, SecretBytes soPin, String label, Profile profile) {
        runtime.slots().initToken(application, slot, soPin, label, profile);
    }

    /** A session with a token that sees what is public. */
    public Session session(Token token) {
        return runtime.sessions().open(application, token.slot(), Ckf.CKF_SERIAL_SESSION | Ckf.CKF_RW_SESSION);
    }

    /** A token's identity. */
    public UUID id(Token token) {
        return session(token).access().token();
    }

    /** A session with a token in which CKU_* has logged in. */
    public Session login(Token token, long userType, SecretBytes pin) {
        Session session = session(token);
        runtime.sessions().login(session, userType, pin);
        return session;
    }

    /** Closes sessions and logs out. */
    @Override
    public void close() {
        runtime.closeApplication(application);
        runtime.close();
    }
}
