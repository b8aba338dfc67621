// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ferrohsm.cli.input.Confirmation;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.attribute.Template;
import org.ferrohsm.core.ck.Cka;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code key trust}. */
@Command(
        name = "trust",
        description = "trusts a wrapping key or a certificate as security officer, who sees public objects alone")
public final class KeyTrust extends Verb {
    @Mixin
    TokenOption choice = new TokenOption();

    @Option(
            names = "--so-pin",
            paramLabel = "SOURCE",
            description = "the security officer's PIN: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String soPin;

    @Mixin
    KeyChoice key = new KeyChoice();

    @Option(names = "--certificate", description = "a certificate and no key")
    boolean certificate;

    @Option(names = "--withdraw", description = "trusts it no longer")
    boolean withdraw;

    @Mixin
    Confirmation confirmation = new Confirmation();

    KeyTrust(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            Token token = choice.in(hsm);
            Session session = login(hsm, token);
            List<StoredKey> chosen = certificate ? key.oneCertificate(hsm, session) : key.one(hsm, session);
            String what = chosen.stream().map(StoredKey::described).collect(Collectors.joining(" and "));
            String act = withdraw ? "withdraw the trust in " : "trust ";
            confirmation.require(invocation.terminal(), act + what + " in the token with " + token.described());
            Template trusted =
                    Template.builder().put(Cka.CKA_TRUSTED, !withdraw).build();
            chosen.forEach(one -> hsm.runtime().objects().change(session, one.handle(), trusted));
            invocation
                    .output()
                    .statement(
                            (withdraw ? "No longer trusts " : "Trusts ") + what + ".",
                            Map.of(
                                    withdraw ? "withdrawn" : "trusted",
                                    chosen.stream().map(StoredKey::fields).toList()));
        }
        return ExitCode.OK;
    }

    private Session login(Hsm hsm, Token token) {
        try (SecretBytes officer = invocation.pins().current(soPin, "SO PIN", "--so-pin")) {
            return hsm.login(token, Cku.CKU_SO, officer);
        }
    }
}
