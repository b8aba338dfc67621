// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import picocli.CommandLine.Command;

/** The noun. */
@Command(name = "key", description = "makes, shows, trusts and destroys keys", synopsisSubcommandLabel = "VERB")
public final class KeyCommand {}
