// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Arrays;
import org.ferrohsm.cli.input.Confirmation;
import org.ferrohsm.cli.input.PinSource;
import org.ferrohsm.cli.input.Token;
import org.ferrohsm.cli.input.TokenChoice;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.ferrohsm.core.ck.Cku;
import org.ferrohsm.core.fault.HsmException;
import org.ferrohsm.core.policy.Profile;
import org.ferrohsm.core.secret.SecretBytes;
import org.ferrohsm.core.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code token init}. */
@Command(
        name = "init",
        description = {
            "makes a token with both its PINs",
            "With --token, destroys what that token holds and makes it anew under its SO PIN."
        })
public final class TokenInit extends Verb {
    @Option(
            names = "--label",
            required = true,
            paramLabel = "LABEL",
            description = "its name, at most 32 bytes of UTF-8")
    String label = "";

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "label, serial or slot:N of a token to make anew (else a free slot is taken)")
    @Nullable
    String token;

    @Option(
            names = "--so-pin",
            paramLabel = "SOURCE",
            description = "the security officer's PIN: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String soPin;

    @Option(
            names = "--pin",
            paramLabel = "SOURCE",
            description = "the user PIN: env:NAME or file:PATH (else it is asked for)")
    @Nullable
    String pin;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "its security profile: default, strict or compat (else the configured one), fixed until it is"
                    + " made anew; see docs/profiles.md")
    @Nullable
    String profile;

    @Mixin
    Confirmation confirmation = new Confirmation();

    TokenInit(Invocation invocation) {
        super(invocation);
    }

    @Override
    ExitCode run() {
        try (Hsm hsm = invocation.open()) {
            wantedProfile(hsm);
            Token old = token == null ? null : chosen(hsm, token);
            if (old != null && old.info().initialized()) {
                confirmation.require(invocation.terminal(), "destroy every key in the token with " + old.described());
            }
            PinSource pins = invocation.pins();
            boolean anew = old != null && old.info().initialized();
            try (SecretBytes officer =
                            anew ? pins.current(soPin, "SO PIN", "--so-pin") : pins.fresh(soPin, "SO PIN", "--so-pin");
                    SecretBytes user = pins.fresh(pin, "user PIN", "--pin")) {
                Token made = make(hsm, old == null ? freeSlot(hsm) : old.slot(), officer, user);
                invocation.output().statement("Made the token with " + made.described() + ".", made.fields());
            }
        }
        return ExitCode.OK;
    }

    private Profile wantedProfile(Hsm hsm) {
        if (profile == null) {
            return hsm.runtime().config().tokenProfile();
        }
        try {
            return Profile.named(profile);
        } catch (HsmException e) {
            throw new CliException(
                    ExitCode.USAGE, "--profile " + profile + " is unknown: take default, strict or compat");
        }
    }

    private Token make(Hsm hsm, long slot, SecretBytes officer, SecretBytes user) {
        hsm.initToken(slot, officer, label, wantedProfile(hsm));
        Token made = hsm.token(slot);
        Session session = hsm.login(made, Cku.CKU_SO, officer);
        hsm.runtime().sessions().initPin(session, user);
        hsm.runtime().sessions().close(session);
        return hsm.token(slot);
    }

    /** A slot may be named that has no token yet. */
    private static Token chosen(Hsm hsm, String wanted) {
        Long slot = TokenChoice.slot(wanted);
        return slot == null ? TokenChoice.of(wanted, hsm.tokens()) : hsm.token(slot);
    }

    private static long freeSlot(Hsm hsm) {
        return Arrays.stream(hsm.runtime().slots().slotIds(false))
                .filter(slot -> !hsm.token(slot).info().initialized())
                .findFirst()
                .orElseThrow(() -> new CliException(ExitCode.STORE_FULL, "the store has no free slot left"));
    }
}
