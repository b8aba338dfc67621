// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "approver", description = "says who may approve, and with which keys", synopsisSubcommandLabel = "VERB")
public final class ApproverCommand {}
