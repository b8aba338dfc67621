// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.cli.output;

import org.jspecify.annotations.Nullable;

/**
 * Why the command ends.
 *
 * @param exitCode the number
 * @param fault the core's name for it, null if it did not come from there
 * @param message one sentence that says what to do
 */
public record ExitFailure(int exitCode, @Nullable String fault, String message) {}
