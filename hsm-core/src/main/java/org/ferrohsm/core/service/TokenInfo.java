// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.service;

/** CK_TOKEN_INFO; texts without padding, and whether there is a token at all. */
public record TokenInfo(
        String label,
        String manufacturer,
        String model,
        String serial,
        long flags,
        long maxSessions,
        long sessions,
        long maxRwSessions,
        long rwSessions,
        long maxPinLength,
        long minPinLength,
        long totalPublicMemory,
        long freePublicMemory,
        long totalPrivateMemory,
        long freePrivateMemory,
        Version hardware,
        Version firmware,
        String utcTime,
        boolean initialized) {}
