// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "audit", description = "shows and verifies the audit log", synopsisSubcommandLabel = "VERB")
public final class AuditCommand {}
