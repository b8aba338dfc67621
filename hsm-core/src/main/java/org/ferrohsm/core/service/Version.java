// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

/** CK_VERSION. */
public record Version(int major, int minor) {}
