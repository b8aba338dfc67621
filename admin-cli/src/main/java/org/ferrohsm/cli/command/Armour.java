// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ferrohsm.cli.output.CliException;
import org.ferrohsm.cli.output.ExitCode;

/** Requests and votes as files that go from machine to machine (docs/spec/approval.md, "Files"). */
enum Armour {
    REQUEST("ferrohsm-approval-request"),
    VOTE("ferrohsm-approval-vote");

    private final String kind;

    Armour(String kind) {
        this.kind = kind;
    }

    /** The text of a file with an id and bytes. */
    String write(String id, byte[] bytes) {
        return kind + " 1 " + id + "\n" + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    /** What a file has. */
    record Content(String id, byte[] bytes) {}

    Content read(String text) {
        Matcher file = Pattern.compile(kind + " 1 ([0-9a-f-]{36})\n([A-Za-z0-9+/=]+)\n")
                .matcher(text);
        if (!file.matches()) {
            throw new CliException(ExitCode.INVALID, "this is no file that begins with \"" + kind + " 1\"");
        }
        try {
            return new Content(file.group(1), Base64.getDecoder().decode(file.group(2)));
        } catch (IllegalArgumentException e) {
            throw new CliException(ExitCode.INVALID, "the file is damaged: its second line is no base64");
        }
    }
}
