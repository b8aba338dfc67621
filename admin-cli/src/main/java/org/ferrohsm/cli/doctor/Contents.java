// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.core.boot.HsmRuntime;
import org.ferrohsm.core.engine.EngineSource;
import org.ferrohsm.core.engine.EngineStatus;
import org.ferrohsm.core.engine.Engines;
import org.ferrohsm.core.service.HealthService.TokenHealth;

/** Looks at what an open store holds, and at the engines that work for it. */
public final class Contents {
    private final HsmRuntime runtime;

    public Contents(HsmRuntime runtime) {
        this.runtime = runtime;
    }

    /** How each source of arithmetic fares. */
    public static List<Finding> engines(Engines engines) {
        return engines.status().stream().map(Contents::engine).toList();
    }

    /** Whether what the tokens hold is what was written, and whether their PINs can be used. */
    public List<Finding> tokens(List<Token> tokens) {
        List<Finding> findings = new ArrayList<>();
        List<TokenHealth> all = runtime.health().tokens();
        findings.add(Finding.ok("store", runtime.config().store() + ", " + all.size() + " tokens"));
        all.forEach(token -> findings.add(contents(token)));
        tokens.forEach(token -> findings.add(pins(token)));
        return findings;
    }

    private static Finding engine(EngineStatus status) {
        String check = "engine";
        if (status.usable()) {
            return Finding.ok(check, status.source() + " " + status.version());
        }
        String detail = status.source() + " is not usable: " + status.detail();
        return status.source() == EngineSource.ACCP
                ? Finding.warning(
                        check, detail, "signing is slower without it; it needs Linux with glibc on x86_64 or aarch64")
                : Finding.error(check, detail, "use a Java whose java.security lists its own providers");
    }

    private static Finding contents(TokenHealth token) {
        String check = "slot:" + token.slot();
        if (token.problem() == null) {
            return Finding.ok(check, "\"" + token.label() + "\", " + token.objects() + " objects as they were written");
        }
        return Finding.error(check, token.problem(), "restore the store from a backup; other tokens can still be used");
    }

    private static Finding pins(Token token) {
        String check = "slot:" + token.slot() + " PINs";
        String detail = "user PIN " + token.userPin() + ", SO PIN " + token.soPin();
        if (token.userPin().equals("locked")) {
            return Finding.error(check, detail, "ferrohsm token unlock --token slot:" + token.slot());
        }
        if (token.soPin().equals("locked")) {
            return Finding.warning(
                    check,
                    detail,
                    "nobody can unlock the user PIN any more: move to a new token before that is needed");
        }
        if (token.userPin().equals("not set")) {
            return Finding.warning(check, detail, "ferrohsm token unlock --token slot:" + token.slot() + " sets it");
        }
        return Finding.ok(check, detail);
    }
}
