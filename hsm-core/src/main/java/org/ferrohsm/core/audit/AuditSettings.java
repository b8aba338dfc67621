// SPDX-FileCopyrightText: The FerroHSM authors
// SPDX-License-Identifier: Apache-2.0
package org.ferrohsm.core.audit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.LongSupplier;
import org.ferrohsm.core.secret.SecretBytes;

/**
 * What a log needs of its surroundings.
 *
 * @param key 32 bytes derived from the root key for this use alone; stays the caller's and must outlive the log
 * @param origin who writes
 * @param clock wall time
 * @param nanos monotonic time in nanoseconds, from any start
 * @param random for keys, nonces and ids
 * @param keyFolder where the verification key of a log that is created here goes
 */
public record AuditSettings(
        SecretBytes key, AuditOrigin origin, Clock clock, LongSupplier nanos, SecureRandom random, Path keyFolder) {}
