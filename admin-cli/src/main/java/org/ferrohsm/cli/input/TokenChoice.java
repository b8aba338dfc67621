// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;
import org.jspecify.annotations.Nullable;

/** Which token is meant by {@code --token LABEL}, {@code --token SERIAL}, {@code --token slot:N}, or by nothing. */
public final class TokenChoice {
    private static final Pattern SLOT = Pattern.compile("slot:([0-9]{1,10})");

    private TokenChoice() {}

    /** The one token of {@code tokens} that fits; none or several are refused with a list of what there is. */
    public static Token of(@Nullable String wanted, List<Token> tokens) {
        if (tokens.isEmpty()) {
            throw new CliException(
                    ExitCode.NOT_FOUND, "the store has no token yet: make one with `ferrohsm token init --label NAME`");
        }
        if (wanted == null) {
            return only(
                    tokens, tokens, "there is more than one token", "say which with --token LABEL, SERIAL or slot:N");
        }
        return only(
                fitting(wanted, tokens),
                tokens,
                "more than one token is called \"" + wanted + "\"",
                "say which with --token SERIAL or slot:N");
    }

    /** The slot number in {@code slot:N}, null if it is something else. */
    public static @Nullable Long slot(String wanted) {
        Matcher matcher = SLOT.matcher(wanted);
        return matcher.matches() ? Long.valueOf(matcher.group(1)) : null;
    }

    private static List<Token> fitting(String wanted, List<Token> tokens) {
        Long slot = slot(wanted);
        return tokens.stream()
                .filter(token -> slot != null
                        ? token.slot() == slot
                        : token.info().label().equals(wanted)
                                || token.info().serial().equals(wanted))
                .toList();
    }

    private static Token only(List<Token> fitting, List<Token> all, String many, String advice) {
        if (fitting.isEmpty()) {
            throw new CliException(ExitCode.NOT_FOUND, "no token fits --token; there is " + listed(all));
        }
        if (fitting.size() > 1) {
            throw new CliException(ExitCode.AMBIGUOUS, many + "; " + advice + ": " + listed(fitting));
        }
        return fitting.get(0);
    }

    private static String listed(List<Token> tokens) {
        return tokens.stream().map(Token::described).collect(Collectors.joining("; "));
    }
}
