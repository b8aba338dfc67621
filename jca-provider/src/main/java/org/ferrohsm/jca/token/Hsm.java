// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.jca.token;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ferrohsm.core.boot.HsmConfig;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.fault.Fault;
import org.ferrohsm.core.service.TokenInfo;
import org.ferrohsm.core.session.Application;

/** A running core in this process, and its tokens as the provider uses them. */
final class Hsm {
    private static final String SQL = "java.sql";

    private final HsmRuntime runtime;
    private final Application application;
    private final Cleaner cleaner = Cleaner.create();
    private final Map<Long, Token> tokens = new ConcurrentHashMap<>();

    /**
     * Opens the core. It is closed when the process ends, so that what the audit log still has to say is said.
     *
     * @throws org.ferrohsm.core.fault.HsmException if the configuration or the store are not usable
     */
    Hsm(Map<String, String> settings) {
        requireSql();
        runtime = HsmRuntime.open(HsmConfig.load(System.getenv(), settings));
        application = runtime.newApplication(applicationName());
        Runtime.getRuntime().addShutdownHook(new Thread(runtime::close, "ferrohsm-close"));
    }

    HsmRuntime runtime() {
        return runtime;
    }

    Application application() {
        return application;
    }

    /** Returns what objects that nobody holds any more had taken. */
    Cleaner cleaner() {
        return cleaner;
    }

    /**
     * The token that a configuration names, or the only one there is.
     *
     * @throws org.ferrohsm.core.fault.HsmException TOKEN_NOT_PRESENT with the tokens there are
     */
    Token token(ProviderConfig config) {
        List<Long> slots = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (long slot : runtime.slots().slotIds(true)) {
            TokenInfo info = runtime.slots().tokenInfo(application, slot);
            if (!info.initialized()) {
                continue;
            }
            known.add("token = " + info.label() + " (serial = " + info.serial() + ")");
            if (isOrAbsent(config.token(), info.label()) && isOrAbsent(config.serial(), info.serial())) {
                slots.add(slot);
            }
        }
        if (slots.size() != 1) {
            throw Fault.TOKEN_NOT_PRESENT.because(
                    known.isEmpty()
                            ? "the store has no initialised token: make one with ferrohsm token init"
                            : (slots.isEmpty() ? "no token is the one asked for" : "more than one token could be meant")
                                    + "; name one by token = LABEL or serial = SERIAL in the provider's configuration."
                                    + " There are: " + String.join(", ", known));
        }
        return tokens.computeIfAbsent(slots.get(0), slot -> new Token(this, slot));
    }

    /** The JDK's own tools start without the module that the store needs, where the failure would be an Error. */
    private static void requireSql() {
        if (ModuleLayer.boot().findModule(SQL).isEmpty()) {
            throw Fault.GENERAL_ERROR.because(
                    "this JVM runs without the module java.sql: give it --add-modules=java.sql,"
                            + " or -J--add-modules=java.sql if it is keytool or jarsigner");
        }
    }

    private static boolean isOrAbsent(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }

    /** "java" and the main class, as audit records name who acted. */
    private static String applicationName() {
        String command = System.getProperty("sun.java.command", "").strip();
        String main = command.isEmpty() ? "" : command.split("\\s", 2)[0];
        return "java " + (main.isEmpty() ? Long.toString(ProcessHandle.current().pid()) : main);
    }
}
