// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Arrays;
import java.util.Map;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Ckm;
import org.ferrohsm.core.service.TokenInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code token show}. */
@Command(name = "show", description = "shows all that is known of a token without its PIN")
public final class TokenShow extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    TokenShow(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            TokenInfo info = token.info();
            Map<String, Object> fields = token.fields();
            fields.put("manufacturer", info.manufacturer());
            fields.put("model", info.model());
            fields.put("profile", hsm.runtime().slots().profile(token.slot()).toString());
            fields.put("flags", "0x" + Long.toHexString(info.flags()));
            fields.put("minPinLength", info.minPinLength());
            fields.put("maxPinLength", info.maxPinLength());
            fields.put(
                    "mechanisms",
                    Arrays.stream(hsm.runtime().slots().mechanisms(token.slot()))
                            .mapToObj(Ckm::name)
                            .sorted()
                            .toList());
            invocation.output().details(fields);
        }
        return ExitCode.OK;
    }
}
