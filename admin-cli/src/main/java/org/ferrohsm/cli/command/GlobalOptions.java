// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.command;

import java.nio.file.Path;
import org.ferrohsm.cli.output.OutputFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every noun and verb takes. */
public final class GlobalOptions {
    @Option(
            names = "--store",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description =
                    "the store, e.g. sqlite:/var/lib/ferrohsm/store.db (else FERROHSM_STORE, else the configuration)")
    @Nullable
    String store;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "the configuration (else FERROHSM_CONF, else the user's, else the machine's)")
    @Nullable
    Path config;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: text)")
    OutputFormat output = OutputFormat.text;
}
