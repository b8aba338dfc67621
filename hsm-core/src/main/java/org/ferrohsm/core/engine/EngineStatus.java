// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.engine;

/**
 * How one source fares in this process, for people.
 *
 * @param source which one
 * @param version version as the provider gives it; empty if it is not usable
 * @param usable whether it loaded and passed its self tests
 * @param detail what it calls itself, or why it is not usable
 */
public record EngineStatus(EngineSource source, String version, boolean usable, String detail) {}
