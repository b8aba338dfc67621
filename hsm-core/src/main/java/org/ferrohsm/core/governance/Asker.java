// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.governance;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for something.
 *
 * @param actor what audit records call the application
 * @param account the account that it runs under, e.g. {@code uid:1000}: by it a requester is told from an approver
 * @param session the session's handle, null outside a session
 */
public record Asker(String actor, String account, @Nullable Long session) {}
