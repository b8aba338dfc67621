// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ferrohsm.cli.output.ExitCode;
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
        CommandLine root = new CommandLine(new FerroHsm(invocation.options()))
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
                        .addSubcommand(new AuditExport(invocation))
                        .addSubcommand(new AuditCheckpoint(invocation))
                        .addSubcommand(new AuditAnchor(invocation))
                        .addSubcommand(new AuditProve(invocation)))
                .addSubcommand(new Doctor(invocation))
                .addSubcommand(new Completion(invocation))
                .addSubcommand(new HelpCommand());
        root.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("Exit codes:%n")
                .exitCodeList(exitCodes());
        return root;
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (ExitCode exit : ExitCode.values()) {
            meanings.put(Integer.toString(exit.code()), exit.meaning());
        }
        meanings.put("40-63", "`audit verify` found the log damaged");
        meanings.put("70", "there is no Java to run on");
        return meanings;
    }
}
