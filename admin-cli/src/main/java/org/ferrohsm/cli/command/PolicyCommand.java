// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "policy", description = "says what needs whose approval", synopsisSubcommandLabel = "VERB")
public final class PolicyCommand {}
