// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

/** CK_MECHANISM_INFO. */
public record MechanismInfo(long minKeySize, long maxKeySize, long flags) {}
