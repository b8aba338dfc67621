// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "approval", description = "shows and decides requests for approval", synopsisSubcommandLabel = "VERB")
public final class ApprovalCommand {}
