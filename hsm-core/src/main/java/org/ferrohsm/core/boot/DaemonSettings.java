// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.boot;

import java.nio.file.Path;

/**
 * How the daemon serves its clients.
 *
 * @param allow as {@link ConfigKey#DAEMON_ALLOW} says
 * @param connections at most, at once
 * @param idleSeconds without a call that end a connection, 0 for never
 */
public record DaemonSettings(Path socket, String allow, int connections, int idleSeconds) {}
