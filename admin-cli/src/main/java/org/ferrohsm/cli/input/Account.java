// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;

/** Accounts of this machine, as requests name them. */
public final class Account {
    private Account() {}

    /** {@code uid:N} of a user's name or number. */
    public static String of(String user) {
        if (user.matches("uid:[0-9]+")) {
            return user;
        }
        if (user.matches("[0-9]+")) {
            return "uid:" + user;
        }
        return "uid:" + number(user);
    }

    private static String number(String user) {
        try {
            Process id = new ProcessBuilder("id", "-u", "--", user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            if (id.waitFor(10, TimeUnit.SECONDS) && id.exitValue() == 0 && answer.matches("[0-9]+")) {
                return answer;
            }
        } catch (IOException e) {
            throw new CliException(ExitCode.USAGE, "--account " + user + " cannot be looked up: give the number");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CliException(ExitCode.USAGE, "there is no user " + user + " on this machine: give the number");
    }
}
