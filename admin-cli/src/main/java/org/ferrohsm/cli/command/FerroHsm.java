// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** The command with its nouns and verbs. */
@Command(
        name = "ferrohsm",
        description = "Administers FerroHSM: tokens, keys and the audit log.",
        synopsisSubcommandLabel = "NOUN",
        versionProvider = VersionText.class,
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT)
public final class FerroHsm {
    @Mixin
    final GlobalOptions options;

    private FerroHsm(GlobalOptions options) {
        this.options = options;
    }

    /** The command line for one run. */
    public static CommandLine commandLine(Invocation invocation) {
        return new CommandLine(new FerroHsm(invocation.options()))
                .addSubcommand(new CommandLine(new TokenCommand())
                        .addSubcommand(new TokenInit(invocation))
                        .addSubcommand(new TokenList(invocation))
                        .addSubcommand(new TokenShow(invocation))
                        .addSubcommand(new TokenSetPin(invocation))
                        .addSubcommand(new TokenUnlock(invocation)))
                .addSubcommand(new CommandLine(new KeyCommand())
                        .addSubcommand(new KeyGenerate(invocation))
                        .addSubcommand(new KeyList(invocation))
                        .addSubcommand(new KeyShow(invocation))
                        .addSubcommand(new KeyDestroy(invocation)))
                .addSubcommand(new CommandLine(new AuditCommand())
                        .addSubcommand(new AuditShow(invocation))
                        .addSubcommand(new AuditVerify(invocation))
                        .addSubcommand(new AuditExport(invocation)))
                .addSubcommand(new Doctor(invocation))
                .addSubcommand(new Completion(invocation))
                .addSubcommand(new HelpCommand());
    }
}
