// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance.policy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a rule lets one key be used.
 *
 * @param rule the rule's name, under which the uses are counted
 * @param uses at most so many
 * @param per in each span of so long, or ever if null
 */
public record UseLimit(String rule, long uses, @Nullable Duration per) {}
