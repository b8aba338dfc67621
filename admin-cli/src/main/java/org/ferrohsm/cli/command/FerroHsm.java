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
        description = "Administers FerroHSM: tokens, keys, policies, approvals and the audit log.",
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
                        .addSubcommand(new KeyTag(invocation))
                        .addSubcommand(new KeyTrust(invocation))
                        .addSubcommand(new KeyDestroy(invocation)))
                .addSubcommand(new CommandLine(new ApproverCommand())
                        .addSubcommand(new ApproverKeygen(invocation))
                        .addSubcommand(new ApproverEnroll(invocation))
                        .addSubcommand(new ApproverList(invocation))
                        .addSubcommand(new ApproverRemove(invocation)))
                .addSubcommand(new CommandLine(new PolicyCommand())
                        .addSubcommand(new PolicyCheck(invocation))
                        .addSubcommand(new PolicyShow(invocation))
                        .addSubcommand(new PolicyDiff(invocation))
                        .addSubcommand(new PolicyApply(invocation))
                        .addSubcommand(new PolicyExplain(invocation)))
                .addSubcommand(new CommandLine(new ApprovalCommand())
                        .addSubcommand(new ApprovalList(invocation))
                        .addSubcommand(new ApprovalShow(invocation))
                        .addSubcommand(new ApprovalVote.Approve(invocation))
                        .addSubcommand(new ApprovalVote.Deny(invocation))
                        .addSubcommand(new ApprovalVote.Revoke(invocation))
                        .addSubcommand(new ApprovalExport(invocation))
                        .addSubcommand(new ApprovalSign(invocation))
                        .addSubcommand(new ApprovalImport(invocation)))
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
