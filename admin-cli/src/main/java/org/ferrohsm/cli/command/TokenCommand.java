// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "token", description = "makes and shows tokens, and sets their PINs", synopsisSubcommandLabel = "VERB")
public final class TokenCommand {}
